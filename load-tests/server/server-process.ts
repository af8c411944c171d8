import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export type Server = {
  /** Where it listens, without a slash at the end. */
  readonly origin: string;
  /** The secret of the one-time link that makes the owner. */
  readonly ownerSecret: string;
  /** What it said on its error output so far. */
  readonly complaints: () => string;
  /** Lets it finish what it is at; ends it where it does not within seconds. */
  readonly stop: () => Promise<void>;
};

const root = resolve(import.meta.dirname, '../..');

class NotServed extends Error {
  override readonly name = 'NotServed';
}

export type Wanted = {
  /** A folder of its own, so that the database is a fresh one. */
  readonly dataDir: string;
  /** Processes behind one port. */
  readonly nodes: number;
  /** Another database than its own, say. */
  readonly environment?: Readonly<Record<string, string>>;
};

/**
 * Starts what `npm start` starts, on a free port, and waits until it says where it listens and how to become the owner.
 * @throws NotServed with what it said when it ended instead
 */
export async function startServer({ dataDir, nodes, environment }: Wanted): Promise<Server> {
  await finished(spawn(process.execPath, ['src/web/build.ts'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }));
  const several = nodes > 1 ? ['--nodes', String(nodes)] : [];
  const child = spawn(process.execPath, ['--import', './src/tsx-loader.ts', 'src/server.ts', ...several], {
    cwd: root,
    env: { ...ownEnvironment(), DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C is for whoever started the load, who then ends the server in good order.
    detached: true,
  });
  const ended = once(child, 'close');
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const said: { origin?: string; ownerSecret?: string } = {};
  const lines = createInterface(child.stdout);
  for await (const line of lines) {
    const [, secret] = /\/sign-in#(\S+)$/.exec(line) ?? [];
    const [address] = /http:\/\/\S+$/.exec(line) ?? [];
    if (secret !== undefined) said.ownerSecret = secret;
    else if (address !== undefined) said.origin = address.replace('//localhost', '//127.0.0.1');
    const { origin, ownerSecret } = said;
    if (origin === undefined || ownerSecret === undefined) continue;
    child.stdout.resume();
    return { origin, ownerSecret, complaints: () => complaints, stop: () => stop(child, ended) };
  }
  await ended;
  throw new NotServed(complaints);
}

/** What is set for another server would make this one a part of it, or no fresh one. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const {
    DATABASE_URL: _,
    DATABASE_OWNER_URL: __,
    PUBLIC_URL: ___,
    VAULT_KEY: ____,
    HOST: _____,
    ...rest
  } = process.env;
  return rest;
}

const stopMsMax = 20_000;

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const giveUp = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(giveUp);
}

async function finished(child: ChildProcess): Promise<void> {
  const [code] = await once(child, 'close');
  if (code !== 0) throw new NotServed(`src/web/build.ts ended with ${String(code)}`);
}
