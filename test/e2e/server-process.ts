import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A server in a process of its own. */
export type ServerProcess = {
  readonly child: ChildProcess;
  /** Where it says that it listens. */
  readonly origin: string;
  readonly ended: Promise<unknown>;
};

/** Someone who asked for a server and got none. */
export class NotServed extends Error {
  override readonly name = 'NotServed';
}

const root = resolve(import.meta.dirname, '../..');

/**
 * Starts `src/server.ts` as `npm start` does, and waits until it says where it listens.
 * @throws NotServed with what it said when it ended instead
 */
export async function startServer(
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--import', './src/tsx-loader.ts', 'src/server.ts', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'error', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for await (const line of createInterface(child.stdout)) {
    const [origin] = /http:\/\/\S+$/.exec(line) ?? [];
    if (origin !== undefined) return { child, origin, ended };
  }
  await ended;
  throw new NotServed(said);
}

export async function kill({ child, ended }: ServerProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  child.kill(signal);
  await ended;
}
