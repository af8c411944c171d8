import { parseArgs } from 'node:util';
import { type Scenario, scenarios } from '../scenarios.ts';

export type RunOptions = {
  readonly scenario: Scenario['name'];
  readonly seed: string;
  /** How long the load lasts, the warm-up not included. */
  readonly seconds: number;
  readonly nodes: number;
  /** Whether the node that moves the figures on is killed half way. */
  readonly disaster: 'none' | 'kill';
  /** Whether the last line is the report, as JSON. */
  readonly output: 'words' | 'json';
};

class UsageError extends Error {
  override readonly name = 'UsageError';
}

const names = ['commune', 'province', 'school'] as const;

const usage = `npm run load -- <${names.join(' | ')}> [--seconds N] [--seed S] [--nodes N] [--kill] [--json]

${names.map((name) => `  ${name.padEnd(9)} ${scenarios[name].about}`).join('\n')}

  --seconds N  how long the load lasts, 5 to 3600 (the scenario’s own unless told)
  --seed S     what is sent follows from it (1 unless told)
  --nodes N    processes of the server behind one port, 1 to 16
  --kill       half way, kill -9 the node that moves the figures on; needs at least two
  --json       the report as the last line`;

/** @throws UsageError with every mistake at once */
export function readOptions(args: readonly string[]): RunOptions {
  const { values, positionals } = parsed(args);
  const [first = '', ...others] = positionals;
  const scenario = names.find((name) => name === first);
  const seconds = Number(values.seconds ?? (scenario ? scenarios[scenario].seconds : 60));
  const nodes = Number(values.nodes ?? (values.kill ? 2 : 1));
  const mistakes = [
    ...(scenario && others.length === 0 ? [] : ['name one scenario']),
    ...(isWithin(seconds, 5, 3600) ? [] : ['--seconds must be 5 to 3600']),
    ...(isWithin(nodes, 1, 16) ? [] : ['--nodes must be 1 to 16']),
    ...(values.kill && nodes < 2 ? ['--kill needs --nodes 2 or more'] : []),
  ];
  if (!scenario || mistakes.length > 0) throw new UsageError(`${mistakes.join('; ')}.\n\n${usage}`);
  return {
    scenario,
    seconds,
    nodes,
    seed: values.seed,
    disaster: values.kill ? 'kill' : 'none',
    output: values.json ? 'json' : 'words',
  };
}

const isWithin = (number: number, min: number, max: number): boolean =>
  Number.isInteger(number) && number >= min && number <= max;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seconds: { type: 'string' },
        seed: { type: 'string', default: '1' },
        nodes: { type: 'string' },
        kill: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
