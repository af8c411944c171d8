import { beforeEach, describe, expect, it } from 'vitest';
import type { BoothPlan } from '../../events/booth.ts';
import { assignBooth } from '../../src/commands/assign-booth.ts';
import { changeBooth } from '../../src/commands/change-booth.ts';
import { planBooth } from '../../src/commands/plan-booth.ts';
import { releaseBooth } from '../../src/commands/release-booth.ts';
import { reviewApplication } from '../../src/commands/review-application.ts';
import { approvedExhibitor } from '../support/exhibitors.ts';
import { idOf } from '../support/facts.ts';
import { expectOnce, type FairLog, fairLog, recorded } from '../support/fair-log.ts';

const plan: BoothPlan = { site: 'A', type: 'standard', column: 1, row: 1, width: 1, height: 1 };
const exhibitor = idOf(0xe1);

let log: FairLog;
beforeEach(async () => {
  log = await fairLog();
  await approvedExhibitor(log, exhibitor);
});

describe('a booth on the plan', () => {
  it('is planned once', async () => {
    const answer = await expectOnce(log, (context, about) =>
      planBooth(log, context, { booth: 'A1', plan: about ? { ...plan, column: 2 } : plan }),
    );
    expect(answer).toEqual({ outcome: 'planned' });
  });

  it('is changed once by each change', async () => {
    recorded(await planBooth(log, log.as(), { booth: 'A1', plan }));
    const answer = await expectOnce(log, (context, about) =>
      changeBooth(log, context, { booth: 'A1', change: idOf(1), state: about ? 'blocked' : 'reserved' }),
    );
    expect(answer).toEqual({ outcome: 'changed' });
  });

  it('is nowhere, and nothing can be done with it, before it is planned', async () => {
    const missing = { kind: 'not-found' };
    expect(await changeBooth(log, log.as(), { booth: 'Z9', change: idOf(1) })).toEqual(missing);
    expect(await assignBooth(log, log.as(), { booth: 'Z9', assignment: idOf(1), exhibitor })).toEqual(missing);
    expect(
      await releaseBooth(log, log.as(), { booth: 'Z9', release: idOf(1), assignment: idOf(2), reason: 'x' }),
    ).toEqual(missing);
    expect(await planBooth(log, { ...log.as(), fair: idOf(0xfb) }, { booth: 'A1', plan })).toEqual(missing);
  });

  it('names the field of a site that the fair does not have', async () => {
    const handled = await planBooth(log, log.as(), { booth: 'A1', plan: { ...plan, site: 'Z' } });
    expect(handled).toMatchObject({ kind: 'wrong', fields: [{ field: 'site' }] });
  });
});

describe('who has a booth', () => {
  beforeEach(async () => {
    recorded(await planBooth(log, log.as(), { booth: 'A1', plan }));
  });

  it('is said once by each assignment', async () => {
    const answer = await expectOnce(log, (context, about) =>
      assignBooth(log, context, { booth: 'A1', assignment: idOf(1), exhibitor: about ? idOf(9) : exhibitor }),
    );
    expect(answer).toEqual({ outcome: 'assigned', booth: 'A1', exhibitor });
  });

  it('is over once by each release', async () => {
    recorded(await assignBooth(log, log.as(), { booth: 'A1', assignment: idOf(1), exhibitor }));
    const answer = await expectOnce(log, (context, about) =>
      releaseBooth(log, context, {
        booth: 'A1',
        release: idOf(2),
        assignment: idOf(1),
        reason: about ? 'khác' : 'rút',
      }),
    );
    expect(answer).toEqual({ outcome: 'released' });
    expect(await assignBooth(log, log.as(), { booth: 'A1', assignment: idOf(3), exhibitor })).toMatchObject({
      kind: 'recorded',
    });
  });

  it('does not change when it is refused, and a late repeat gets the first answer all the same', async () => {
    const first = { booth: 'A1', assignment: idOf(1), exhibitor };
    recorded(await assignBooth(log, log.as(), first));
    const refused = { kind: 'refused', reason: 'booth-assigned' };
    const second = () => assignBooth(log, log.as(), { ...first, assignment: idOf(2) });
    expect(await second()).toEqual(refused);
    recorded(await releaseBooth(log, log.as(), { booth: 'A1', release: idOf(3), assignment: idOf(1), reason: 'rút' }));
    const before = await log.store.head();
    expect(recorded(await assignBooth(log, log.as(), first))).toEqual({ outcome: 'assigned', booth: 'A1', exhibitor });
    expect(await second()).toEqual(refused);
    expect(await log.store.head()).toBe(before);
  });

  it('is nobody who never applied, was not approved, or comes after closing', async () => {
    const assign = (number: number, to: string) =>
      assignBooth(log, log.as(), { booth: 'A1', assignment: idOf(number), exhibitor: to });
    expect(await assign(1, idOf(0xe9))).toEqual({ kind: 'refused', reason: 'unknown-exhibitor' });
    const declined = { application: exhibitor, review: idOf(4) };
    expect(await reviewApplication(log, log.as(), { ...declined, decision: 'decline', reason: 'x' })).toMatchObject({
      kind: 'refused',
      reason: 'application-is-approved',
    });
    await log.close();
    expect(await assign(2, exhibitor)).toEqual({ kind: 'refused', reason: 'fair-closed' });
  });
});
