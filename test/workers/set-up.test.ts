import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { newEvent } from '../../events/catalogue.ts';
import { streamOf } from '../../src/commands/ids.ts';
import { migrate } from '../../src/database/migrate.ts';
import { postgresEventStore } from '../../src/store/postgres/postgres-event-store.ts';
import { ask, newId, positionIn } from '../spine/asking.ts';
import { openFair, times } from '../spine/open-fair.ts';
import { ownersToken } from '../spine/owners-token.ts';
import { type Proxy, proxyTo } from '../store/postgres/proxy.ts';
import { emptyDatabase, type FreshDatabase } from '../support/database.ts';
import { organiser } from '../support/facts.ts';
import { eventually } from '../support/processes.ts';
import { type RunningWorker, startWorker } from './wrangler-dev.ts';

const vaultKey = '5e'.repeat(32);

let database: FreshDatabase;
let proxy: Proxy;
const started: RunningWorker[] = [];

beforeAll(async () => {
  database = await emptyDatabase({ poolSizeMax: 2 });
  proxy = await proxyTo(database.appUrl);
});
afterAll(async () => {
  await Promise.all(started.map((worker) => worker.stop()));
  await proxy.close();
  await database.drop();
});

async function start(variables: Readonly<Record<string, string>>, databaseUrl = proxy.url): Promise<RunningWorker> {
  const worker = await startWorker({ bundle: inject('workerBundle'), databaseUrl, variables });
  started.push(worker);
  return worker;
}

/** What the Worker has complained of, in the order in which it did. */
const complaintsOf = ({ logged }: RunningWorker): string[] =>
  logged.filter((line) => line.startsWith('{"level":"error"')).map((line) => Complaint.parse(JSON.parse(line)).msg);

const Complaint = z.object({ msg: z.string() });

const readyz = async ({ origin }: RunningWorker) => ask(origin, 'GET', '/readyz');
const isServing = async (worker: RunningWorker): Promise<boolean> => (await readyz(worker)).status === 200;

/** Walk-ins that a program without a projector has written. */
async function countElsewhere(fair: string, persons: number): Promise<void> {
  const count = newId();
  const data = { count, site: 'A', gate: 'G1', direction: 'in', category: 'individual', persons } as const;
  const meta = { fair, actor: organiser, correlation: 'test', digest: 'd'.repeat(43) };
  const event = newEvent('WalkInsCounted', data, { id: newId(), occurredAt: Date.now(), meta });
  const store = postgresEventStore(database.appUrl);
  try {
    await store.append([{ stream: streamOf(fair, 'walk-in', count), expectedVersion: 0, event }]);
  } finally {
    await store.close();
  }
}

describe('a Worker', () => {
  test('says what to do about a database that nobody has migrated, and serves once somebody has', async () => {
    const worker = await start({ VAULT_KEY: vaultKey });
    const refused = await readyz(worker);
    expect(refused).toMatchObject({
      status: 503,
      body: { type: 'urn:hoi-sach:problem:busy', detail: expect.stringContaining('not set up') },
    });
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(refused.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await ask(worker.origin, 'GET', '/healthz')).status).toBe(503);
    await eventually(() => complaintsOf(worker).length > 0, 60);
    expect(complaintsOf(worker)).toEqual([
      'The database was never migrated. Run, with DATABASE_URL set to its owner and the same VAULT_KEY: npm run -s cli -- migrate',
    ]);
    await migrate(database.ownerUrl, database.appUrl);
    await eventually(() => isServing(worker), 60);
  });

  test('counts with its cron trigger what others have written, and what a request that was cut off has left behind', async () => {
    const [worker] = started;
    if (!worker) throw new Error('no Worker was started');
    const environment = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl, VAULT_KEY: vaultKey };
    const fair = await openFair({ origin: worker.origin, owner: await ownersToken(environment) });
    const body = { gate: 'G1', persons: 3, ...times() };
    const counted = await fair.done('PUT', `/walk-ins/${newId()}`, { token: fair.device.token, body });
    await fair.done('GET', `/figures?after=${positionIn(counted)}`);
    await countElsewhere(fair.fair, 9);
    expect(await fair.done('GET', '/figures')).toMatchObject({ visits: { value: 3 } });
    await worker.tick();
    expect(await fair.done('GET', '/figures')).toMatchObject({ visits: { value: 12 } });
  });

  test('works with no other key than the one its database was begun with', async () => {
    const worker = await start({ VAULT_KEY: 'ee'.repeat(32) });
    expect(await readyz(worker)).toMatchObject({ status: 503, body: { type: 'urn:hoi-sach:problem:busy' } });
    await eventually(() => complaintsOf(worker).length > 0, 60);
    expect(complaintsOf(worker)[0]).toContain('sealed with another master key');
    expect(worker.logged.join('\n')).not.toContain('eeeeeeee');
  });

  test('has no measurements to show, being one of many', async () => {
    const [worker] = started;
    expect((await ask(worker?.origin ?? '', 'GET', '/metrics')).status).toBe(404);
  });

  test('says when to come back while the database is away', async () => {
    const cable = await proxyTo(database.appUrl);
    const worker = await start({ VAULT_KEY: vaultKey }, cable.url);
    expect(await isServing(worker)).toBe(true);
    await cable.close();
    for (const path of ['/', '/readyz', `/api/fairs/${newId()}/figures`]) {
      const { status, headers } = await ask(worker.origin, 'GET', path);
      expect([path, status, headers.get('retry-after')]).toEqual([path, 503, expect.stringMatching(/^[12]$/)]);
    }
  });

  test('names everything that is wrong with its variables, and what it does not offer', async () => {
    const worker = await start({ DATA_DIR: '.data', EVENT_STORE: 'kurrent', PUBLIC_URL: 'hoisach.example' });
    expect(await readyz(worker)).toMatchObject({ status: 503, body: { type: 'urn:hoi-sach:problem:busy' } });
    await eventually(() => complaintsOf(worker).length > 0, 60);
    const [complaint = ''] = complaintsOf(worker);
    expect(complaint).toContain('VAULT_KEY: must be set');
    expect(complaint).toContain('PUBLIC_URL: must be an address');
    expect(complaint).toContain('EVENT_STORE: only PostgreSQL is offered on Workers');
    expect(complaint).toContain('DATA_DIR: there is no embedded database on Workers');
  });
});
