import { describe, expect, it } from 'vitest';
import type { DataOf } from '../../../events/catalogue.ts';
import { gateFactOf, gateMarkOf } from '../../../projections/attendance/facts.ts';
import { judge } from '../../../projections/attendance/judge.ts';
import { fact, idOf } from '../../support/facts.ts';

const [pass, otherPass, group, otherGroup] = [idOf(0x9a), idOf(0x9b), idOf(0x90), idOf(0x91)];
const place = { site: 'A', gate: 'G1' };
const read = { partySize: 1, persons: 1, source: 'pass', decidedBy: 'device', category: 'pupil' } as const;
const shown = { scan: idOf(1), ...place, ...read, outcome: 'admitted' } as const;
const scanned = fact('VisitorCheckedIn', { ...shown, pass, trust: 'verified' });
const unresolved = fact('VisitorCheckedIn', { ...shown, pass: null, trust: 'unverified' });
const arrived = fact('GroupArrived', { arrival: idOf(1), group, ...place, persons: 40 });

type Bearer = Pick<DataOf<'FactVoided'>, 'pass' | 'group'>;

/** What becomes of the fact where such an undo of it is there. */
function standingAfter(event: typeof scanned, kind: 'scan' | 'arrival', bearer: Bearer): string | undefined {
  const known = gateFactOf(event);
  const mark = gateMarkOf(fact('FactVoided', { void: idOf(2), kind, target: idOf(1), reason: 'nhầm', ...bearer }));
  if (!known || !mark) throw new Error('no fact, or no undo');
  return judge([known], { rules: undefined, note: undefined, marksOf: () => [mark] })[0]?.standing;
}

describe('an undo', () => {
  it('of a scan takes effect on the pass that it names, and no other', () => {
    expect(standingAfter(scanned, 'scan', { pass })).toBe('voided');
    expect(standingAfter(scanned, 'scan', { pass: otherPass })).toBe('kept');
    expect(standingAfter(scanned, 'scan', { pass: null })).toBe('kept');
    expect(standingAfter(unresolved, 'scan', { pass: null })).toBe('voided');
    expect(standingAfter(unresolved, 'scan', { pass: idOf(1) })).toBe('unverified');
  });

  it('of an arrival takes effect on the group that it names, and no other', () => {
    expect(standingAfter(arrived, 'arrival', { group })).toBe('voided');
    expect(standingAfter(arrived, 'arrival', { group: otherGroup })).toBe('kept');
  });

  it('written before undos named their bearer takes effect on its target', () => {
    expect(standingAfter(scanned, 'scan', {})).toBe('voided');
    expect(standingAfter(arrived, 'arrival', {})).toBe('voided');
  });
});
