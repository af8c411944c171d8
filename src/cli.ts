import { type CliCommand, usageOf, UsageError } from './cli/command.ts';
import { exportFair } from './cli/export.ts';
import { migrate } from './cli/migrate.ts';
import { parked } from './cli/parked.ts';
import { progressLine } from './cli/progress-line.ts';
import { rebuild } from './cli/rebuild.ts';
import { rotateSealKey } from './cli/rotate-seal-key.ts';
import { simulate } from './cli/simulate.ts';
import { token } from './cli/token.ts';
import { verify } from './cli/verify.ts';
import { readConfig } from './config.ts';
import { endWith } from './run-until-signal.ts';

/** A new command is a file in `src/cli/` and a line here. */
const commands: readonly CliCommand[] = [exportFair, migrate, parked, rebuild, rotateSealKey, token, simulate, verify];

const [name = 'help', ...args] = process.argv.slice(2);

try {
  await run(name, args);
} catch (error) {
  endWith(error);
}

async function run(name: string, args: readonly string[]): Promise<void> {
  const found = commands.find((command) => command.name === name);
  if (name === 'help' || name === '--help') return console.log(help());
  if (!found) throw new UsageError(`There is no command ${name}.\n\n${help()}`);
  if (args.includes('--help')) return console.log(usageOf(found));
  const { show, clear } = progressLine(process.stderr);
  const tell = (line: string) => {
    clear();
    console.log(line);
  };
  try {
    await found.run(args, { config: readConfig(process.env), tell, progress: show });
  } finally {
    clear();
  }
}

function help(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'npm run -s cli -- COMMAND [options]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    '--help after a command says what it takes. Settings come from the environment, as the server has them.',
  ].join('\n');
}
