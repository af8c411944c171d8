import { beforeEach, describe, expect, it } from 'vitest';
import type { BoothPlan } from '../../events/booth.ts';
import { loadApplication } from '../../src/commands/applications.ts';
import { assignBooth } from '../../src/commands/assign-booth.ts';
import { boothStream } from '../../src/commands/ids.ts';
import { planBooth } from '../../src/commands/plan-booth.ts';
import { releaseBooth } from '../../src/commands/release-booth.ts';
import { reviewApplication } from '../../src/commands/review-application.ts';
import { type Application, boothsHeld } from '../../src/domain/application.ts';
import { type Booth, evolveBooth, unplannedBooth } from '../../src/domain/booth.ts';
import { toFairEvent } from '../../events/catalogue.ts';
import { reactToNext } from '../../src/reactions/catch-up.ts';
import type { ReactionPorts } from '../../src/reactions/follow.ts';
import { react, toReactTo } from '../../src/reactions/react.ts';
import { approvedExhibitor, takeStep } from '../support/exhibitors.ts';
import { fairId, idOf, minute } from '../support/facts.ts';
import { type FairLog, fairLog, recorded } from '../support/fair-log.ts';

const plan: BoothPlan = { site: 'A', type: 'standard', column: 1, row: 1, width: 1, height: 1 };
const exhibitor = idOf(0xe1);

let log: FairLog;
let ports: ReactionPorts;
beforeEach(async () => {
  log = await fairLog();
  ports = { ...log, clock: () => log.clock.now, revokeDevice: () => Promise.resolve() };
  await approvedExhibitor(log, exhibitor);
  for (const booth of ['A1', 'A2']) recorded(await planBooth(log, log.as(), { booth, plan }));
});

/** Reacts until there is nothing left to react to; from the beginning unless told. */
async function catchUp(position = 0): Promise<void> {
  const { progress, read, failures } = await reactToNext(ports, { position, parked: [] }, 2);
  expect(failures).toEqual([]);
  if (read > 0) await catchUp(progress.position);
}

async function boothNow(booth: string): Promise<Booth> {
  const [events = []] = await log.store.load([{ stream: boothStream(fairId, booth), afterVersion: 0 }]);
  return events.map(toFairEvent).reduce(evolveBooth, unplannedBooth);
}

const applicationNow = (): Promise<Application> => loadApplication(log, fairId, exhibitor);
const held = (application: Application): string[] =>
  application.status === 'unknown' ? [] : boothsHeld(application).map(({ booth }) => booth);
const assign = (number: number, booth: string) =>
  assignBooth(log, log.as(), { booth, assignment: idOf(number), exhibitor });
const step = (number: number, taken: 'withdrawn' | 'absent' | 'confirmed' | 'present' | 'cancelled') =>
  takeStep(log, exhibitor, { id: idOf(number), step: taken });

describe('what follows from an assignment', () => {
  it('is that the application has the booth, told once with its cause', async () => {
    recorded(await assign(1, 'A1'));
    recorded(await assign(2, 'A2'));
    log.clock.now += minute;
    await catchUp();
    const application = await applicationNow();
    expect(application.status).toBe('assigned');
    expect(held(application)).toEqual(['A1', 'A2']);
    const facts = await log.store.read(0, 100);
    const told = facts.find(({ type }) => type === 'BoothGranted');
    const cause = facts.find(({ type }) => type === 'BoothAssigned');
    expect(told).toMatchObject({
      occurredAt: cause?.occurredAt,
      meta: { causation: cause?.id, correlation: 'test', actor: { role: 'system', id: 'reactions' } },
    });
  });

  it('is nothing more, however often it is done again', async () => {
    recorded(await assign(1, 'A1'));
    await catchUp();
    const head = await log.store.head();
    await catchUp();
    await Promise.all([catchUp(), catchUp()]);
    expect(await log.store.head()).toBe(head);
  });

  it('is a release, where the application ended between the look-up and the assignment', async () => {
    const raced = { ...log, store: { ...log.store, load: log.store.load.bind(log.store), append: withdrawFirst() } };
    recorded(await assignBooth(raced, log.as(), { booth: 'A1', assignment: idOf(1), exhibitor }));
    await catchUp();
    expect(await boothNow('A1')).toEqual({ status: 'available', plan });
    expect(await applicationNow()).toMatchObject({ status: 'withdrawn', granted: [], takenBack: [idOf(1)] });
  });

  /** The append of an organiser who was overtaken by the exhibitor. */
  const withdrawFirst = () => async (items: Parameters<typeof log.store.append>[0]) => {
    await step(9, 'withdrawn');
    return log.store.append(items);
  };
});

describe('what follows from a release', () => {
  it('is that the application no longer has the booth', async () => {
    for (const [number, booth] of ['A1', 'A2'].entries()) recorded(await assign(number, booth));
    recorded(
      await releaseBooth(log, log.as(), { booth: 'A1', release: idOf(9), assignment: idOf(0), reason: 'đổi chỗ' }),
    );
    await catchUp();
    expect(held(await applicationNow())).toEqual(['A2']);
    recorded(
      await releaseBooth(log, log.as(), { booth: 'A2', release: idOf(8), assignment: idOf(1), reason: 'đổi chỗ' }),
    );
    await catchUp();
    expect(await applicationNow()).toMatchObject({ status: 'approved' });
  });
});

describe('what follows from the end of an application', () => {
  it.for(['withdrawn', 'cancelled', 'absent'] as const)('%s: its booths are available again', async (end) => {
    for (const [number, booth] of ['A1', 'A2'].entries()) recorded(await assign(number, booth));
    await catchUp();
    await step(7, end);
    await catchUp();
    for (const booth of ['A1', 'A2']) expect(await boothNow(booth)).toEqual({ status: 'available', plan });
    const application = await applicationNow();
    expect(application.status).toBe(end);
    expect(held(application)).toEqual([]);
  });

  it('is also done when the figures were closed before the reaction came', async () => {
    recorded(await assign(1, 'A1'));
    await catchUp();
    await step(7, 'absent');
    log.clock.now += minute;
    await log.close();
    await catchUp();
    expect(await boothNow('A1')).toEqual({ status: 'available', plan });
    expect(held(await applicationNow())).toEqual([]);
  });

  it('takes nothing from whoever was approved again and got another booth, however late it comes', async () => {
    recorded(await assign(1, 'A1'));
    await catchUp();
    await step(7, 'absent');
    recorded(await reviewApplication(log, log.as(), { application: exhibitor, review: idOf(6), decision: 'approve' }));
    recorded(await assign(2, 'A2'));
    await catchUp();
    await catchUp();
    expect(await boothNow('A1')).toMatchObject({ status: 'available' });
    expect(await boothNow('A2')).toMatchObject({ status: 'assigned', assignment: idOf(2) });
    expect(held(await applicationNow())).toEqual(['A2']);
  });
});

describe('what was granted too late', () => {
  it('is not granted when it was taken back meanwhile', async () => {
    recorded(await assign(1, 'A1'));
    const ended = { booth: 'A1', release: idOf(9), assignment: idOf(1), reason: 'đổi chỗ' };
    recorded(await releaseBooth(log, log.as(), ended));
    for (const stored of (await log.store.read(0, 100)).toReversed()) {
      const event = toReactTo(stored);
      if (event) await react(event, ports);
    }
    await catchUp();
    expect(await applicationNow()).toMatchObject({ status: 'approved', granted: [], takenBack: [idOf(1)] });
  });
});
