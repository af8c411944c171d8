import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');

/** One of the program's own commands in a process of its own, as `npm start` and `npm run cli` run it. */
export type Program = {
  /** Its standard output so far. */
  readonly output: () => string;
  readonly errors: () => string;
  /** The first line of output that matches; fails when it ends without one. */
  readonly says: (pattern: RegExp) => Promise<RegExpMatchArray>;
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL') => void;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
};

export function runProgram(
  file: 'src/server.ts' | 'src/cli.ts',
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Program {
  const child = spawn(process.execPath, ['--import', './src/tsx-loader.ts', file, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const heard = new Set<() => void>();
  let errors = '';
  let isOver = false;
  const tell = () => {
    for (const hear of heard) hear();
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    tell();
  });
  const ended = once(child, 'close').then(() => {
    isOver = true;
    tell();
    return child.exitCode;
  });
  const says = (pattern: RegExp): Promise<RegExpMatchArray> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null);
        if (!found && !isOver) return;
        heard.delete(look);
        if (found) resolve(found);
        else reject(new Error(`${file} ended without saying ${pattern}:\n${lines.join('\n')}\n${errors}`));
      };
      heard.add(look);
      look();
    });
  return {
    output: () => lines.join('\n'),
    errors: () => errors,
    says,
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
