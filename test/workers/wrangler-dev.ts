import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');
const wrangler = resolve(root, 'node_modules/wrangler/bin/wrangler.js');

/** Nothing is asked of the network, and nothing told. */
const offline = { WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false', CI: '1' };
const own = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...offline };

/**
 * The Worker as `wrangler deploy` would upload it, with copies of what goes with it: `wrangler dev` begins anew whenever
 * a file of its own changes, and others may be building.
 * @returns a folder with `worker.js`, `wrangler.toml` and the assets
 */
export async function bundleWorker(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hoi-sach-worker-'));
  const args = [wrangler, 'deploy', '--dry-run', '--outdir', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env: own, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the Worker was not bundled:\n${stdout}\n${stderr}`);
  for (const path of ['wrangler.toml', '.build/assets'])
    await cp(join(root, path), join(folder, path), { recursive: true });
  return folder;
}

/** A Worker in the real runtime. */
export type RunningWorker = {
  readonly origin: string;
  /** Every line it has logged so far. */
  readonly logged: readonly string[];
  /** Fires the cron trigger, and waits until its work is done. */
  readonly tick: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Options = {
  /** A folder that `bundleWorker` filled. */
  readonly bundle: string;
  /** Where the binding HYPERDRIVE leads. */
  readonly databaseUrl: string;
  /** Variables and secrets. */
  readonly variables: Readonly<Record<string, string>>;
};

/** Runs `wrangler dev` on a free port, and waits until it takes requests. */
export async function startWorker({ bundle, databaseUrl, variables }: Options): Promise<RunningWorker> {
  const folder = await mkdtemp(join(tmpdir(), 'hoi-sach-wrangler-'));
  const file = join(folder, 'variables');
  await writeFile(
    file,
    Object.entries(variables).map(([name, value]) => `${name}="${value}"\n`),
    { mode: 0o600 },
  );
  const child = spawn(process.execPath, [wrangler, 'dev', 'worker.js', ...argumentsIn(folder, file)], {
    cwd: bundle,
    env: {
      ...own,
      CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: databaseUrl,
      WRANGLER_LOG_PATH: join(folder, 'logs'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = once(child, 'close');
  const logged: string[] = [];
  const stop = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  createInterface(child.stderr).on('line', (line) => logged.push(line));
  const origin = await new Promise<string>((found, failed) => {
    createInterface(child.stdout).on('line', (line) => {
      logged.push(line);
      const [, address] = /Ready on (http:\/\/\S+)/.exec(line) ?? [];
      if (address !== undefined) found(address);
    });
    ended.then(() => failed(new Error(`wrangler dev ended:\n${logged.join('\n')}`)), failed);
  });
  return { origin, logged, tick: () => tickAt(origin), stop };
}

const argumentsIn = (folder: string, variables: string): string[] => [
  '--no-bundle',
  '--ip=127.0.0.1',
  '--port=0',
  '--inspector-port=0',
  '--env-file',
  variables,
  '--persist-to',
  join(folder, 'state'),
  '--show-interactive-dev-session=false',
];

async function tickAt(origin: string): Promise<void> {
  const response = await fetch(`${origin}/cdn-cgi/local/scheduled`);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`the cron trigger failed: ${response.status} ${text}`);
}
