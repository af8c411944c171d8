import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataOf, FairEvent } from '../../events/catalogue.ts';
import { type Application, unknownApplication } from '../../src/domain/application.ts';
import {
  assignBooth,
  type Booth,
  changeBooth,
  evolveBooth,
  planBooth,
  releaseBooth,
  unplannedBooth,
} from '../../src/domain/booth.ts';
import { closedFair, eightOClock, fact, idOf, minute, runningFair } from '../support/facts.ts';
import { applicationAt } from '../support/application-facts.ts';

const plan: DataOf<'BoothPlanned'>['plan'] = { site: 'A', type: 'standard', column: 0, row: 0, width: 1, height: 1 };
const now = { fair: runningFair, occurredAt: eightOClock };
const late = { fair: closedFair, occurredAt: eightOClock + minute };
const approved = applicationAt('approved');

const boothAfter = (...events: readonly FairEvent[]): Booth =>
  [fact('BoothPlanned', { booth: 'A1', plan }), ...events].reduce(evolveBooth, unplannedBooth);
const turned = (state: 'available' | 'reserved' | 'blocked') =>
  fact('BoothChanged', { booth: 'A1', change: idOf(5), state });
const assigned = fact('BoothAssigned', { booth: 'A1', assignment: idOf(1), exhibitor: idOf(2) });
const released = fact('BoothReleased', {
  booth: 'A1',
  release: idOf(3),
  assignment: idOf(1),
  exhibitor: idOf(2),
  reason: 'đổi vị trí',
});

const assign = (booth: Booth, application: Application = approved, when = now) =>
  assignBooth(booth, { booth: 'A1', assignment: idOf(9), exhibitor: idOf(8) }, { ...when, application });
const release = (booth: Booth, assignment: string, when = now) =>
  releaseBooth(booth, { booth: 'A1', release: idOf(7), assignment, reason: 'rút' }, when);

describe('giving a booth away', () => {
  it('assigns a booth that is available', () => {
    expect(assign(boothAfter())).toMatchObject({ type: 'BoothAssigned', data: { assignment: idOf(9) } });
    expect(assign(boothAfter(assigned, released))).toMatchObject({ type: 'BoothAssigned' });
    expect(assign(boothAfter(turned('blocked'), turned('available')))).toMatchObject({ type: 'BoothAssigned' });
  });

  it('refuses one that is assigned, reserved or blocked, and says which', () => {
    expect(assign(boothAfter(assigned))).toEqual({ refused: 'booth-assigned' });
    expect(assign(boothAfter(turned('reserved')))).toEqual({ refused: 'booth-reserved' });
    expect(assign(boothAfter(turned('blocked')))).toEqual({ refused: 'booth-blocked' });
  });

  it('knows no booth that is not on the plan, no exhibitor who never applied, and nothing after closing', () => {
    expect(assign(unplannedBooth)).toEqual({ missed: 'not-found' });
    expect(assign(boothAfter(), unknownApplication)).toEqual({ refused: 'unknown-exhibitor' });
    expect(assign(boothAfter(), approved, late)).toEqual({ refused: 'fair-closed' });
  });

  it('refuses an application that may not hold a booth now', () => {
    for (const status of ['submitted', 'waitlisted', 'declined', 'absent', 'withdrawn', 'closed'] as const)
      expect(assign(boothAfter(), applicationAt(status))).toEqual({ refused: `application-is-${status}` });
    for (const status of ['approved', 'assigned', 'confirmed', 'present'] as const)
      expect(assign(boothAfter(), applicationAt(status))).toMatchObject({ type: 'BoothAssigned' });
  });
});

describe('taking a booth back', () => {
  it('ends the assignment that is named, and names whose it was', () => {
    expect(release(boothAfter(assigned), idOf(1))).toMatchObject({
      type: 'BoothReleased',
      data: { exhibitor: idOf(2) },
    });
  });

  it('refuses to end an assignment that is over, whoever has the booth now', () => {
    const next = fact('BoothAssigned', { booth: 'A1', assignment: idOf(4), exhibitor: idOf(6) });
    expect(release(boothAfter(assigned, released), idOf(1))).toEqual({ refused: 'assignment-over' });
    expect(release(boothAfter(assigned, released, next), idOf(1))).toEqual({ refused: 'assignment-over' });
    expect(release(unplannedBooth, idOf(1))).toEqual({ missed: 'not-found' });
    expect(release(boothAfter(assigned), idOf(1), late)).toEqual({ refused: 'fair-closed' });
  });
});

describe('the plan', () => {
  it('takes a booth once, on a site of the fair', () => {
    expect(planBooth(unplannedBooth, { booth: 'A1', plan }, now)).toMatchObject({ type: 'BoothPlanned' });
    expect(planBooth(boothAfter(), { booth: 'A1', plan }, now)).toEqual({ refused: 'already-planned' });
    expect(planBooth(unplannedBooth, { booth: 'A1', plan: { ...plan, site: 'Z' } }, now)).toMatchObject({
      wrong: [{ field: 'site' }],
    });
    expect(planBooth(unplannedBooth, { booth: 'A1', plan }, late)).toEqual({ refused: 'fair-closed' });
  });

  it('moves an assigned booth, and neither reserves nor blocks it', () => {
    const change = { booth: 'A1', change: idOf(5) };
    const moved = { ...plan, column: 3 };
    expect(changeBooth(boothAfter(assigned), { ...change, plan: moved }, now)).toMatchObject({ type: 'BoothChanged' });
    expect(changeBooth(boothAfter(assigned), { ...change, state: 'blocked' }, now)).toEqual({
      refused: 'booth-assigned',
    });
    expect(changeBooth(unplannedBooth, change, now)).toEqual({ missed: 'not-found' });
    expect(changeBooth(boothAfter(), { ...change, plan: { ...plan, site: 'Z' } }, now)).toHaveProperty('wrong');
    expect(boothAfter(assigned, fact('BoothChanged', { ...change, plan: moved }))).toMatchObject({
      status: 'assigned',
      plan: moved,
      assignment: idOf(1),
    });
  });
});

describe('whatever is asked of a booth, in whatever order', () => {
  it('never has two assignments that stand at once', () => {
    const asked = fc.oneof(
      fc.record({ ask: fc.constant('assign' as const), assignment: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ ask: fc.constant('release' as const), assignment: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ ask: fc.constant('reserve' as const), assignment: fc.constant(0) }),
      fc.record({ ask: fc.constant('free' as const), assignment: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 30 }), (questions) => {
        let booth = boothAfter();
        const standing = new Set<string>();
        for (const { ask, assignment } of questions) {
          const decided = decideOn(booth, ask, idOf(assignment));
          if (!('type' in decided)) continue;
          if (decided.type === 'BoothAssigned') standing.add(decided.data.assignment);
          if (decided.type === 'BoothReleased') standing.delete(decided.data.assignment);
          booth = evolveBooth(booth, fact(decided.type, decided.data));
          expect(standing.size).toBe(booth.status === 'assigned' ? 1 : 0);
        }
      }),
    );
  });
});

function decideOn(booth: Booth, ask: 'assign' | 'release' | 'reserve' | 'free', assignment: string) {
  if (ask === 'assign')
    return assignBooth(booth, { booth: 'A1', assignment, exhibitor: idOf(8) }, { ...now, application: approved });
  if (ask === 'release') return release(booth, assignment);
  const state = ask === 'reserve' ? 'reserved' : 'available';
  return changeBooth(booth, { booth: 'A1', change: idOf(5), state }, now);
}
