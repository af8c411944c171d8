import { describe, expect, it } from 'vitest';
import type { GroupDetails } from '../../events/group.ts';
import { changeGroup, evolveGroup, recordArrival, registerGroup, unknownGroup } from '../../src/domain/group.ts';
import { countWalkIns } from '../../src/domain/walk-in.ts';
import { closedFair, eightOClock as eight, fact, idOf, runningFair } from '../support/facts.ts';

const group = idOf(0x90);
const details: GroupDetails = {
  school: 'THCS Suối Hoa',
  level: 'lower-secondary',
  classes: 2,
  persons: 80,
  day: '2026-04-21',
  site: 'A',
  slot: '08:30',
};
const registration = { group, details, leader: null };
const known = evolveGroup(unknownGroup, fact('GroupRegistered', registration));
const now = { fair: runningFair, occurredAt: eight };
const afterClosing = { fair: closedFair, occurredAt: eight + 1 };
const arrival = { group, arrival: idOf(0xa7), gate: 'G1', persons: 77 };

describe('a group', () => {
  it('is registered once, for a day and site of the fair, before closing', () => {
    expect(registerGroup(unknownGroup, registration, now)).toEqual({ type: 'GroupRegistered', data: registration });
    expect(registerGroup(known, registration, now)).toEqual({ refused: 'already-registered' });
    const wrongDay = { ...registration, details: { ...details, day: '2026-04-24' } };
    expect(registerGroup(unknownGroup, wrongDay, now)).toMatchObject({ wrong: [{ field: 'day' }] });
    const wrongSite = { ...registration, details: { ...details, site: 'B' } };
    expect(registerGroup(unknownGroup, wrongSite, now)).toMatchObject({ wrong: [{ field: 'site' }] });
    expect(registerGroup(unknownGroup, registration, afterClosing)).toEqual({ refused: 'fair-closed' });
  });

  it('is changed once it is there', () => {
    const change = { group, change: idOf(0xce), details: { ...details, persons: 60 } };
    expect(changeGroup(known, change, now)).toEqual({ type: 'GroupChanged', data: change });
    expect(evolveGroup(known, fact('GroupChanged', change))).toMatchObject({ details: { persons: 60 } });
    expect(changeGroup(unknownGroup, change, now)).toEqual({ missed: 'not-found' });
    expect(changeGroup(known, change, afterClosing)).toEqual({ refused: 'fair-closed' });
  });

  it('arrives with the people who really came, in as many parts as it likes', () => {
    const arrived = { type: 'GroupArrived', data: { ...arrival, site: 'A' } };
    expect(recordArrival(known, arrival, now)).toEqual(arrived);
    const again = evolveGroup(known, fact('GroupArrived', { ...arrival, site: 'A' }));
    expect(recordArrival(again, { ...arrival, arrival: idOf(0xa8), persons: 5000 }, now)).toHaveProperty(
      'type',
      'GroupArrived',
    );
    expect(recordArrival(known, { ...arrival, gate: 'G9' }, now)).toMatchObject({ wrong: [{ field: 'gate' }] });
    expect(recordArrival(unknownGroup, arrival, now)).toEqual({ missed: 'not-found' });
    expect(recordArrival(known, arrival, afterClosing)).toEqual({ refused: 'fair-closed' });
  });
});

describe('a press of the counter', () => {
  const count = { count: idOf(0xc0), gate: 'G1', direction: 'out', category: 'individual', persons: 10 } as const;

  it('is counted at its gate, until closing', () => {
    expect(countWalkIns(count, now)).toEqual({ type: 'WalkInsCounted', data: { ...count, site: 'A' } });
    expect(countWalkIns({ ...count, gate: 'G9' }, now)).toMatchObject({ wrong: [{ field: 'gate' }] });
    expect(countWalkIns(count, { fair: closedFair, occurredAt: eight })).toHaveProperty('type');
    expect(countWalkIns(count, afterClosing)).toEqual({ refused: 'fair-closed' });
  });
});
