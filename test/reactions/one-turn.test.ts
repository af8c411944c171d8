import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadApplication } from '../../src/commands/applications.ts';
import { assignBooth } from '../../src/commands/assign-booth.ts';
import { planBooth } from '../../src/commands/plan-booth.ts';
import { createLog } from '../../src/log.ts';
import { reactInOneTurn } from '../../src/reactions/one-turn.ts';
import { postgresProgress } from '../../src/reactions/postgres-progress.ts';
import { postgresEventStore } from '../../src/store/postgres/postgres-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { approvedExhibitor } from '../support/exhibitors.ts';
import { fairId, idOf } from '../support/facts.ts';
import { type FairLog, fairLog, recorded } from '../support/fair-log.ts';

const plan = { site: 'A', type: 'standard', column: 1, row: 1, width: 1, height: 1 } as const;
const exhibitor = idOf(0xe1);

let database: FreshDatabase;
let log: FairLog;

beforeEach(async () => {
  database = await freshDatabase();
  log = await fairLog({ store: postgresEventStore(database.appUrl) });
  await approvedExhibitor(log, exhibitor);
});
afterEach(async () => {
  await log.store.close();
  await database.drop();
});

async function assign(number: number): Promise<void> {
  const booth = `B${number}`;
  recorded(await planBooth(log, log.as(), { booth, plan }));
  recorded(await assignBooth(log, log.as(), { booth, assignment: idOf(number), exhibitor }));
}

const react = (holder: string) =>
  reactInOneTurn(
    {
      ...log,
      clock: () => log.clock.now,
      revokeDevice: () => Promise.resolve(),
      progress: postgresProgress(database.db, { holder, staleSeconds: 30 }),
      log: createLog({ logLevel: 'silent' }),
    },
    { secondsMax: 100 },
  );

/** The booths that the application knows it was given. */
const booths = async (): Promise<readonly string[]> => {
  const application = await loadApplication(log, fairId, exhibitor);
  return application.status === 'unknown' ? [] : application.granted.map(({ booth }) => booth);
};

const turn = () =>
  database.db.selectFrom('reaction_progress').select(['position', 'holder', 'parked']).executeTakeFirstOrThrow();

describe('reacting in one turn', { timeout: 120_000 }, () => {
  test('does what follows, up to the end of the log and what it has appended itself, and gives the turn back', async () => {
    await assign(1);
    await react('one');
    expect(await booths()).toEqual(['B1']);
    expect(await turn()).toEqual({ position: await log.store.head(), holder: null, parked: [] });
  });

  test('leaves nothing behind, however many react at once', async () => {
    const everybody: Promise<void>[] = [];
    for (let number = 1; number <= 6; number += 1) {
      await assign(number);
      everybody.push(react(`number ${number}`));
    }
    await Promise.all(everybody);
    expect((await booths()).toSorted()).toEqual(['B1', 'B2', 'B3', 'B4', 'B5', 'B6']);
    expect(await turn()).toMatchObject({ position: await log.store.head(), holder: null });
  });

  test('leaves it to whoever has the turn', async () => {
    const held = await postgresProgress(database.db, { holder: 'node', staleSeconds: 30 }).take();
    await assign(1);
    await react('one');
    expect(await booths()).toEqual([]);
    await held?.release();
    await react('one');
    expect(await booths()).toEqual(['B1']);
  });
});
