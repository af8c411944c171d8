import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { newEvent } from '../../events/catalogue.ts';
import type { BoothPlan } from '../../events/booth.ts';
import { loadApplication } from '../../src/commands/applications.ts';
import { assignBooth } from '../../src/commands/assign-booth.ts';
import { streamOf } from '../../src/commands/ids.ts';
import { planBooth } from '../../src/commands/plan-booth.ts';
import { createLog } from '../../src/log.ts';
import { postgresProgress } from '../../src/reactions/postgres-progress.ts';
import { TurnLost } from '../../src/reactions/progress.ts';
import { type RunnerPorts, startReactions } from '../../src/reactions/runner.ts';
import { postgresEventStore } from '../../src/store/postgres/postgres-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { approvedExhibitor } from '../support/exhibitors.ts';
import { fairId, idOf, organiser } from '../support/facts.ts';
import { type FairLog, fairLog, recorded } from '../support/fair-log.ts';

const plan: BoothPlan = { site: 'A', type: 'standard', column: 1, row: 1, width: 1, height: 1 };
const exhibitor = idOf(0xe1);
const device = idOf(0xd1);
const quick = { heartbeatSeconds: 0.05, retrySeconds: 0.05, gatherSeconds: 0 };

let database: FreshDatabase;
let log: FairLog;
let said: string[];
let running: { stop(): Promise<void> }[];
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  await database.drop();
  database = await freshDatabase();
  log = await fairLog({ store: postgresEventStore(database.appUrl) });
  [said, running] = [[], []];
  await approvedExhibitor(log, exhibitor);
});
afterEach(async () => {
  for (const node of running) await node.stop();
  await log.store.close();
});
afterAll(() => database.drop());

const keeper = (holder: string, staleSeconds = 0.2) => postgresProgress(database.db, { holder, staleSeconds });

/** A node that reacts, as the composition root starts it, but quickly. */
function start(holder: string, about: Partial<RunnerPorts> = {}): { stop(): Promise<void> } {
  const hear = (line: string) => void said.push(z.object({ msg: z.string() }).parse(JSON.parse(line)).msg);
  const ports = {
    ...log,
    clock: () => log.clock.now,
    revokeDevice: () => Promise.resolve(),
    progress: keeper(holder),
    log: createLog({ logLevel: 'info' }, { write: hear }),
    ...about,
  };
  const node = startReactions(ports, quick);
  running.push(node);
  return node;
}

async function assign(number: number): Promise<void> {
  const booth = `B${number}`;
  recorded(await planBooth(log, log.as(), { booth, plan }));
  recorded(await assignBooth(log, log.as(), { booth, assignment: idOf(number), exhibitor }));
}

const isTold = (...numbers: number[]) =>
  vi.waitFor(async () => {
    const application = await loadApplication(log, fairId, exhibitor);
    const granted = application.status === 'unknown' ? [] : application.granted.map(({ booth }) => booth);
    expect(granted.toSorted()).toEqual(numbers.map((number) => `B${number}`).toSorted());
  }, 5000);

const factsOf = async (type: string) => (await log.store.read(0, 1000)).filter((fact) => fact.type === type).length;
const progressNow = () =>
  database.db.selectFrom('reaction_progress').select(['position', 'parked', 'holder']).executeTakeFirstOrThrow();

/** The log may hold what commands of this version would never write. */
async function append(type: string, data: object): Promise<void> {
  const meta = { fair: fairId, actor: organiser, digest: 'a'.repeat(43), correlation: 'test' };
  const event = {
    id: idOf(Math.floor(performance.now() * 1000)),
    type,
    schema: 1,
    data,
    meta,
    occurredAt: log.clock.now,
  };
  await log.store.append([{ stream: streamOf(fairId, 'device', event.id), expectedVersion: 0, event }]);
}
const revocation = newEvent(
  'DeviceRevoked',
  { device, revocation: idOf(0xf1), reason: 'mất máy' },
  { id: idOf(1), occurredAt: 0, meta: { fair: fairId, actor: organiser, digest: 'a'.repeat(43), correlation: 'test' } },
);

describe('a node that reacts', () => {
  it('follows what was there before it, and what comes while it runs', async () => {
    await assign(1);
    start('a');
    await isTold(1);
    await assign(2);
    await isTold(1, 2);
    await running[0]?.stop();
    expect(await progressNow()).toMatchObject({ position: await log.store.head(), parked: [], holder: null });
  });

  it('tells how far it has come', async () => {
    const told: number[] = [];
    await assign(1);
    start('a', { onProgress: ({ position }) => void told.push(position) });
    await isTold(1);
    const head = await log.store.head();
    await vi.waitFor(() => expect(told.at(-1)).toBe(head));
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it('goes on where the one before it stopped', async () => {
    await assign(1);
    const first = start('a');
    await isTold(1);
    await first.stop();
    await assign(2);
    start('b');
    await isTold(1, 2);
    expect(await factsOf('BoothGranted')).toBe(2);
  });

  it('is one of many at a time, and is replaced when it falls silent', async () => {
    const silent = await keeper('silent').take();
    expect(silent?.progress).toEqual({ position: 0, parked: [] });
    expect(await keeper('early', 60).take()).toBeUndefined();
    await assign(1);
    for (const holder of ['a', 'b']) start(holder);
    await isTold(1);
    await assign(2);
    await isTold(1, 2);
    await expect(silent?.save({ position: 1, parked: [] })).rejects.toThrow(TurnLost);
    expect(await factsOf('BoothGranted')).toBe(2);
    expect(said).toEqual([]);
  });

  it('does nothing twice though two of them overlap from the beginning', async () => {
    for (const number of [1, 2, 3]) await assign(number);
    const alone = {
      take: () =>
        Promise.resolve({
          progress: { position: 0, parked: [] },
          save: () => Promise.resolve(),
          release: () => Promise.resolve(),
        }),
    };
    for (const holder of ['a', 'b', 'c']) start(holder, { progress: alone });
    await isTold(1, 2, 3);
    expect(await factsOf('BoothGranted')).toBe(3);
  });
});

describe('a reaction that fails', () => {
  it('holds up no other, and is tried again until it succeeds', async () => {
    let isAway = true;
    const revoked: string[] = [];
    const revokeDevice: RunnerPorts['revokeDevice'] = async (each) => {
      if (isAway) throw new Error('the tokens are out of reach');
      revoked.push(`${each.fair} ${each.device}`);
    };
    await append(revocation.type, { ...revocation.data });
    await assign(1);
    start('a', { revokeDevice });
    await isTold(1);
    await vi.waitFor(async () => expect((await progressNow()).parked).toHaveLength(1));
    expect(said).toContain('a reaction failed and is parked');
    expect(revoked).toEqual([]);
    isAway = false;
    await vi.waitFor(async () => expect((await progressNow()).parked).toEqual([]));
    expect(revoked).toEqual([`${fairId} ${device}`]);
  });

  it('is still known after a restart', async () => {
    await append(revocation.type, { ...revocation.data });
    const broken = start('a', { revokeDevice: () => Promise.reject(new Error('the tokens are out of reach')) });
    await vi.waitFor(async () => expect((await progressNow()).parked).toHaveLength(1));
    await broken.stop();
    const revoked: string[] = [];
    start('b', { revokeDevice: async (each) => void revoked.push(each.device) });
    await vi.waitFor(() => expect(revoked).toEqual([device]));
  });
});

describe('a fact that a newer node wrote', () => {
  it('is left to a newer node, with all that comes after it', async () => {
    await assign(1);
    await append('BookRained', {});
    const rained = await log.store.head();
    await assign(2);
    start('old');
    await vi.waitFor(() => expect(said).toContain('a newer node has to react'));
    await running[0]?.stop();
    expect((await progressNow()).position).toBeLessThan(rained);
    expect(await factsOf('BoothGranted')).toBe(1);
  });
});
