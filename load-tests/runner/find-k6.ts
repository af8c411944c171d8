import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type K6 = {
  readonly path: string;
  /** As it says itself: `k6 v1.8.1 (…)`. */
  readonly version: string;
};

class NoK6 extends Error {
  override readonly name = 'NoK6';
}

const howToGetK6 = `k6 was not found, neither on the PATH nor among Go’s programs. Either of these brings it:

  go install go.k6.io/k6@v1.8.1          (Go 1.25 or later; takes about two minutes)
  https://grafana.com/docs/k6/latest/set-up/install-k6/     (packages for every system)`;

/**
 * Looks for k6 on the PATH, then where Go puts its programs.
 * @throws NoK6 with the ways to get it
 */
export async function findK6(): Promise<K6> {
  for (const path of await candidates()) {
    const said = await run(path, ['version']).catch(() => undefined);
    if (said) return { path, version: said.stdout.trim() };
  }
  throw new NoK6(howToGetK6);
}

/** Go itself may stand outside the PATH too. */
async function candidates(): Promise<string[]> {
  const gopath = await run('go', ['env', 'GOPATH']).catch(() => undefined);
  const home = process.env['HOME'];
  return ['k6', ...(gopath ? [join(gopath.stdout.trim(), 'bin', 'k6')] : home ? [join(home, 'go', 'bin', 'k6')] : [])];
}
