import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { expect } from 'vitest';

export type Process = {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  /** The next line that it says on standard output; fails when it ends without one. */
  readonly nextLine: () => Promise<string>;
  readonly exited: Promise<unknown>;
};

const root = resolve(import.meta.dirname, '../..');

/** Runs a TypeScript file of this repository in a Node process of its own. */
export const startProcess = (file: string, args: readonly string[]): Process => {
  const child = spawn(process.execPath, [resolve(root, file), ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    exited,
    nextLine: async () => {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${file} ended without another line`);
      return value;
    },
  };
};

export const killed = async ({ child, exited }: Process): Promise<void> => {
  child.kill('SIGKILL');
  await exited;
};

export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Waits for what has no event to wait for, such as the end of a process that is nobody's child. */
export const eventually = async (condition: () => boolean | Promise<boolean>, seconds = 15): Promise<void> => {
  await expect.poll(condition, { timeout: seconds * 1000, interval: 25 }).toBe(true);
};
