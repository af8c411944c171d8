import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { timeOf } from './process-time.ts';

type Wanted = {
  readonly name: string;
  /** What Node is told: a file and what it needs before that. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where its log goes. */
  readonly folder: string;
  /** Where its CPU profile goes; none is made without. */
  readonly profiles: string | undefined;
};

export type Server = {
  readonly port: number;
  /** Processor time that it has used so far, in milliseconds. */
  readonly usedMilliseconds: () => number;
  readonly stop: () => Promise<void>;
};

/** Starts a server that prints where it answers; its output goes to a file, as in production. */
export async function startServer({ name, args, env, folder, profiles }: Wanted): Promise<Server> {
  const path = join(folder, `${name}.log`);
  const log = await open(path, 'w');
  const profiling =
    profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}.cpuprofile`];
  const child = spawn(process.execPath, [...profiling, ...args], {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', log.fd, 'inherit'],
  });
  const exited = once(child, 'exit');
  await log.close();
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  for (;;) {
    const port = /http:\/\/localhost:(\d+)/.exec(await readFile(path, 'utf8'))?.[1];
    if (port !== undefined) return { port: Number(port), usedMilliseconds: () => timeOf(child.pid ?? 0), stop };
    if (child.exitCode !== null) throw new Error(`${name} did not start`);
    await delay(20);
  }
}
