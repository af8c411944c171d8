import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applicationsQueue, boothPlan } from '../../projections/desk/queries.ts';
import { assignBooth } from '../../src/commands/assign-booth.ts';
import { changeBooth } from '../../src/commands/change-booth.ts';
import { planBooth } from '../../src/commands/plan-booth.ts';
import { releaseBooth } from '../../src/commands/release-booth.ts';
import { figuresDatabase, readSnapshot } from '../../src/figures/snapshot.ts';
import { reactToNext } from '../../src/reactions/catch-up.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { approvedExhibitor, submittedApplication, takeStep } from '../support/exhibitors.ts';
import { eightOClock, fairId, idOf } from '../support/facts.ts';
import { type FairLog, fairLog, recorded } from '../support/fair-log.ts';
import { project } from '../support/projected.ts';

const plan = { site: 'A', type: 'standard' as const, column: 1, row: 1, width: 1, height: 1 };
const [kimDong, tre] = [idOf(0xe1), idOf(0xe2)];

let database: FreshDatabase;
let log: FairLog;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  log = await fairLog();
});

const onDesk = async (page: { status?: 'submitted' | 'approved'; from?: number; limit?: number } = {}) => {
  await project(database, await log.store.read(0, 1000), { batchMax: 3 });
  const read = await readSnapshot(figuresDatabase(database.pool), async ({ desk }) => ({
    queue: await applicationsQueue(desk, fairId, { from: 0, limit: 10, ...page }),
    booths: await boothPlan(desk, fairId),
  }));
  if (!read) throw new Error('nothing was projected');
  return read;
};

/** What follows from decisions, as the reactions do it. */
async function follow(): Promise<void> {
  const ports = { ...log, clock: () => log.clock.now, revokeDevice: () => Promise.resolve() };
  await reactToNext(ports, { position: 0, parked: [] }, 1000);
  await reactToNext(ports, { position: 0, parked: [] }, 1000);
}

describe('the queue of applications', () => {
  it('has the oldest first, each where it stands, whatever came to it later', async () => {
    await submittedApplication(log, kimDong);
    await approvedExhibitor(log, tre);
    await takeStep(log, kimDong, { id: idOf(1), step: 'withdrawn' });
    expect((await onDesk()).queue).toMatchObject([
      {
        application: kimDong,
        status: 'withdrawn',
        form: { shortName: 'Kim Đồng' },
        booths: [],
        changedAt: eightOClock,
      },
      { application: tre, status: 'approved', booths: [] },
    ]);
  });

  it('is read page by page, and by what is asked of it', async () => {
    await submittedApplication(log, kimDong);
    await approvedExhibitor(log, tre);
    const [first] = (await onDesk({ limit: 1 })).queue;
    expect(first).toMatchObject({ application: kimDong });
    expect((await onDesk({ from: (first?.position ?? 0) + 1 })).queue).toMatchObject([{ application: tre }]);
    expect((await onDesk({ status: 'approved' })).queue).toMatchObject([{ application: tre }]);
    expect((await onDesk({ status: 'submitted' })).queue).toMatchObject([{ application: kimDong }]);
  });

  it('goes on after the figures were closed', async () => {
    await approvedExhibitor(log, kimDong);
    recorded(await planBooth(log, log.as(), { booth: 'A1', plan }));
    recorded(await assignBooth(log, log.as(), { booth: 'A1', assignment: idOf(1), exhibitor: kimDong }));
    await follow();
    await takeStep(log, kimDong, { id: idOf(2), step: 'present' });
    await log.close();
    await takeStep(log, kimDong, { id: idOf(3), step: 'closed' });
    expect((await onDesk()).queue).toMatchObject([{ status: 'closed', booths: ['A1'] }]);
  });
});

describe('the plan of booths', () => {
  it('says of each booth where it is, what it is, and whose', async () => {
    await approvedExhibitor(log, kimDong);
    for (const booth of ['B1', 'A1', 'A2']) recorded(await planBooth(log, log.as(), { booth, plan }));
    const moved = { ...plan, column: 9 };
    recorded(await changeBooth(log, log.as(), { booth: 'A2', change: idOf(1), state: 'blocked', plan: moved }));
    recorded(await assignBooth(log, log.as(), { booth: 'A1', assignment: idOf(2), exhibitor: kimDong }));
    const other = { assignment: null, exhibitor: null };
    expect((await onDesk()).booths).toEqual([
      { booth: 'A1', plan, state: 'assigned', assignment: idOf(2), exhibitor: { id: kimDong, name: 'Kim Đồng' } },
      { booth: 'A2', plan: moved, state: 'blocked', ...other },
      { booth: 'B1', plan, state: 'available', ...other },
    ]);
    recorded(
      await releaseBooth(log, log.as(), { booth: 'A1', release: idOf(3), assignment: idOf(2), reason: 'đổi chỗ' }),
    );
    expect((await onDesk()).booths[0]).toEqual({ booth: 'A1', plan, state: 'available', ...other });
  });

  it('is empty where nothing was planned', async () => {
    expect(await onDesk()).toEqual({ queue: [], booths: [] });
  });
});
