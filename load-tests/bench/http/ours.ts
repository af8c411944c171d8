import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { currentGeneration } from '../../../projections/generations/queries.ts';
import { Credentials } from '../../../src/auth/credentials.ts';
import { PassKeys } from '../../../src/auth/pass-keys.ts';
import { newSecret } from '../../../src/auth/secrets.ts';
import { freshId } from '../../../src/commands/ids.ts';
import { PublicFigures } from '../../../src/contract/figures.ts';
import { readConfig } from '../../../src/config.ts';
import { localDay } from '../../../src/domain/local-time.ts';
import { figuresDatabase } from '../../../src/figures/snapshot.ts';
import { type Ground, openGround } from '../../../src/ground.ts';
import type { Gate, Sign } from './check-ins.ts';
import type { Contestant } from './contestant.ts';
import { timeOfFamily } from './process-time.ts';
import { startServer } from './server-process.ts';

export type Ours = {
  readonly contestant: Contestant;
  readonly gate: Gate;
  readonly sign: Sign;
  /** The public half of the fair's key. */
  readonly passKey: string;
};

/**
 * The product as `npm start` runs it: its whole HTTP surface, embedded PostgreSQL with fsync, projector, reactions and
 * access log. Each check-in is authorised by a device's token, limited, read by its schema, checked for its signature
 * and for repeats, decided over the pass and the fair, and durable before it is answered; the board moves on meanwhile.
 * Only the limits are lifted, since one device asks it all.
 */
export async function startOurs(dataDir: string, profiles: string | undefined): Promise<Ours> {
  const limits = { LIMIT_PER_TOKEN: '1000000', LIMIT_PER_ADDRESS: '1000000' };
  const server = await startServer({
    name: 'ours',
    args: ['--import', './src/tsx-loader.ts', 'src/server.ts'],
    env: { DATA_DIR: dataDir, PORT: '0', ...limits },
    folder: dataDir,
    profiles,
  });
  const config = readConfig({ DATA_DIR: dataDir });
  const ground = await openGround(config, { as: 'tool' });
  const gate = await openGate(ground, server.port);
  const passKeys = new PassKeys(ground.db, ground.keyring);
  const postmaster = Number.parseInt(await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10);
  return {
    gate,
    passKey: await passKeys.publicKeyOf(gate.fair),
    sign: (fair, signed) => passKeys.sign(fair, signed),
    contestant: {
      ...server,
      name: 'ours',
      keeps: 'everything',
      databaseMilliseconds: () => timeOfFamily(postmaster),
      settle: () => untilProjected(ground),
      recorded: () => recordedIn(ground, gate, server.port),
      stop: async () => {
        await ground[Symbol.asyncDispose]();
        await server.stop();
      },
    },
  };
}

/** A fair that is open today, and a device at its gate. */
async function openGate({ db }: Ground, port: number): Promise<Gate> {
  const now = Date.now();
  const [fair, device] = [freshId(now), freshId(now)];
  const credentials = new Credentials(db, Date.now);
  const [ownerToken, deviceToken] = [newSecret('token'), newSecret('token')];
  const standing = { kind: 'token', expiresAt: null } as const;
  await credentials.issue({ ...standing, secret: ownerToken, role: 'owner', fair: null, subject: freshId(now) });
  await credentials.issue({ ...standing, secret: deviceToken, role: 'device', fair, subject: device });
  const created = await fetch(`http://localhost:${port}/api/fairs/${fair}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ownerToken}` },
    body: JSON.stringify({
      name: { vi: 'Ngày Sách' },
      province: '24',
      days: [localDay(now), localDay(now + 86_400_000)],
      sites: [{ code: 'SAN-CHINH', name: 'Sân chính' }],
      gates: [{ code: 'CONG-1', name: 'Cổng chính', site: 'SAN-CHINH', exits: 'not-scanned' }],
      visitRules: [{ from: localDay(now), rule: { kind: 'per-day' } }],
    }),
  });
  if (!created.ok) throw new Error(`no fair: ${await created.text()}`);
  return { fair, gate: 'CONG-1', deviceToken };
}

/** Waits until the figures hold all that is in the log. */
async function untilProjected({ pool, store }: Ground): Promise<number> {
  const head = await store.head();
  const started = performance.now();
  const projections = figuresDatabase(pool);
  while (((await currentGeneration(projections))?.position ?? 0) < head) await delay(5);
  return performance.now() - started;
}

/** @throws where the board tells another number than the log */
async function recordedIn(ground: Ground, { fair }: Gate, port: number): Promise<number> {
  const { rows } = await ground.pool.query<{ count: number }>(
    `select count(*) from events where type = 'VisitorCheckedIn'`,
  );
  const recorded = rows[0]?.count ?? 0;
  await untilProjected(ground);
  const answer = await fetch(`http://localhost:${port}/api/fairs/${fair}/figures`);
  const visits = PublicFigures.parse(await answer.json()).visits.value;
  if (visits !== recorded) throw new Error(`the log holds ${recorded} check-ins, the board shows ${visits}`);
  return recorded;
}
