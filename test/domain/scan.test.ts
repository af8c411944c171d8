import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideScan, type GateRules, type PassAt, type PassFact } from '../../src/domain/scan.ts';
import { eightOClock as eight, idOf, minute } from '../support/facts.ts';

const hour = 60 * minute;
const gate: GateRules = { exits: 'scanned', closes: '22:00', closedAt: null };
const open: GateRules = { ...gate, exits: 'not-scanned' };
const passWith = (facts: readonly PassFact[], bounds: Partial<PassAt> = {}): PassAt => ({
  facts,
  validFrom: null,
  validUntil: null,
  ...bounds,
});
const admission = (occurredAt: number, number = 1): PassFact => ({
  kind: 'admission',
  id: idOf(number),
  occurredAt,
  gate: 'G1',
});
const exit = (occurredAt: number, number = 2): PassFact => ({ kind: 'exit', id: idOf(number), occurredAt, gate: 'G2' });
const revocation = (occurredAt: number, number = 3): PassFact => ({ kind: 'revocation', id: idOf(number), occurredAt });
const scanAt = (occurredAt: number, direction: 'in' | 'out' = 'in') => ({ id: idOf(0x99), occurredAt, direction });

describe('a pass shown on the way in', () => {
  it('is admitted the first time', () => {
    expect(decideScan(scanAt(eight), passWith([]), gate)).toEqual({ outcome: 'admitted' });
  });

  it('is admitted again where exits are not scanned, and told of its very first admission', () => {
    const pass = passWith([admission(eight + hour, 5), admission(eight, 4)]);
    expect(decideScan(scanAt(eight + 2 * hour), pass, open)).toEqual({
      outcome: 'admitted-again',
      first: { occurredAt: eight, gate: 'G1' },
    });
  });

  it('is refused inside, where exits are scanned, until it left or the day closed', () => {
    const inside = { outcome: 'refused', reason: 'already-inside', first: { occurredAt: eight, gate: 'G1' } };
    expect(decideScan(scanAt(eight + 1), passWith([admission(eight)]), gate)).toEqual(inside);
    expect(decideScan(scanAt(eight + hour), passWith([admission(eight), exit(eight + 1)]), gate)).toHaveProperty(
      'outcome',
      'admitted-again',
    );
    const [close, night] = [eight + 14 * hour, eight + 15 * hour];
    expect(decideScan(scanAt(close - 1), passWith([admission(eight)]), gate)).toEqual(inside);
    expect(decideScan(scanAt(close), passWith([admission(eight)]), gate)).toHaveProperty('outcome', 'admitted-again');
    expect(decideScan(scanAt(night + 1), passWith([admission(night)]), gate)).toHaveProperty(
      'reason',
      'already-inside',
    );
  });

  it('is let in the next morning though it came in at the closing or later and was not seen to leave', () => {
    const midnight = eight + 16 * hour;
    for (const late of [midnight - 2 * hour, midnight - hour]) {
      const outcome = (at: number) => decideScan(scanAt(at), passWith([admission(late)]), gate);
      expect(outcome(midnight - 1)).toHaveProperty('reason', 'already-inside');
      expect(outcome(midnight)).toHaveProperty('outcome', 'admitted-again');
    }
  });

  it('is refused from its revocation on, and not for one that came later', () => {
    const pass = passWith([revocation(eight)]);
    expect(decideScan(scanAt(eight), pass, gate)).toEqual({ outcome: 'refused', reason: 'revoked' });
    expect(decideScan(scanAt(eight - 1), pass, gate)).toEqual({ outcome: 'admitted' });
  });

  it('is refused before and after its moments, which themselves let in', () => {
    const pass = passWith([], { validFrom: eight, validUntil: eight + hour });
    const outcome = (at: number) => decideScan(scanAt(at), pass, gate);
    expect(outcome(eight - 1)).toEqual({ outcome: 'refused', reason: 'not-yet-valid' });
    expect(outcome(eight)).toEqual({ outcome: 'admitted' });
    expect(outcome(eight + hour)).toEqual({ outcome: 'admitted' });
    expect(outcome(eight + hour + 1)).toEqual({ outcome: 'refused', reason: 'expired' });
  });

  it('gives the reasons in their order', () => {
    const facts = [admission(eight - hour), revocation(eight - minute)];
    const expired = { validUntil: eight - 1 };
    const closed = { ...gate, closedAt: eight - 1 };
    expect(decideScan(scanAt(eight), passWith(facts, expired), closed)).toHaveProperty('reason', 'fair-closed');
    expect(decideScan(scanAt(eight), passWith(facts, expired), gate)).toHaveProperty('reason', 'revoked');
    expect(decideScan(scanAt(eight), passWith([admission(eight - hour)], expired), gate)).toHaveProperty(
      'reason',
      'expired',
    );
  });
});

describe('a pass shown on the way out', () => {
  it('lets out whatever is wrong with it, but records nothing after closing', () => {
    const pass = passWith([revocation(eight - hour)], { validUntil: eight - hour });
    expect(decideScan(scanAt(eight, 'out'), pass, gate)).toEqual({ outcome: 'left' });
    expect(decideScan(scanAt(eight, 'out'), pass, { ...gate, closedAt: eight })).toEqual({ outcome: 'left' });
    const late = decideScan(scanAt(eight, 'out'), pass, { ...gate, closedAt: eight - 1 });
    expect(late).toEqual({ outcome: 'refused', reason: 'fair-closed' });
  });
});

describe('whatever happened to a pass', () => {
  const someFact = fc.record({
    kind: fc.constantFrom('admission' as const, 'exit' as const, 'revocation' as const),
    id: fc.integer({ min: 1, max: 40 }).map(idOf),
    occurredAt: fc.integer({ min: -30, max: 30 }).map((minutes) => eight + minutes * minute),
    gate: fc.constantFrom('G1', 'G2'),
  });
  const someFacts = fc.uniqueArray(someFact, { selector: ({ id }) => id, maxLength: 12 });
  const someRules = fc.constantFrom(gate, open, { ...gate, closedAt: eight });

  it('the order in which it became known is of no matter', () => {
    fc.assert(
      fc.property(someFacts, fc.func(fc.nat()), someRules, (facts, place, rules) => {
        const shuffled = facts.toSorted((a, b) => place(a) - place(b));
        const scan = { id: idOf(20), occurredAt: eight, direction: 'in' as const };
        expect(decideScan(scan, passWith(shuffled), rules)).toEqual(decideScan(scan, passWith(facts), rules));
      }),
    );
  });

  it('what occurred later than the scan, or is the scan itself, is of no matter', () => {
    fc.assert(
      fc.property(someFacts, someRules, (facts, rules) => {
        const scan = { id: idOf(20), occurredAt: eight, direction: 'in' as const };
        const earlier = facts.filter(
          ({ id, occurredAt }) => occurredAt < eight || (occurredAt === eight && id < scan.id),
        );
        expect(decideScan(scan, passWith(facts), rules)).toEqual(decideScan(scan, passWith(earlier), rules));
      }),
    );
  });

  it('without scanned exits, a revocation, bounds or a closing nobody is refused', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const kept = passWith(facts.filter(({ kind }) => kind !== 'revocation'));
        expect(decideScan(scanAt(eight), kept, open).outcome).toMatch(/^admitted/);
      }),
    );
  });
});
