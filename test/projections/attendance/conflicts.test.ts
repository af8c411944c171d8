import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Circumstances, conflictsAmong } from '../../../projections/attendance/conflicts.ts';
import { gateFactOf, occurrenceOf } from '../../../projections/attendance/facts.ts';
import { judge } from '../../../projections/attendance/judge.ts';
import type { GateFact, PassNote } from '../../../projections/attendance/tables.ts';
import { decideScan, type PassFact } from '../../../src/domain/scan.ts';
import { byOccurrence } from '../../../src/domain/visits.ts';
import { eightOClock, fact, fairId, idOf, minute } from '../../support/facts.ts';
import { gateSettings } from '../../support/gate-log.ts';

const pass = idOf(0xaa);
const rules = { settings: gateSettings, former_gates: [] };
const nobody: Circumstances = { rules, note: undefined };

/** A way of one pass through a gate; exits are scanned at G1 alone. */
function wayOf({ number, gate, isIn, at }: { number: number; gate: string; isIn: boolean; at: number }): GateFact {
  const about = { scan: idOf(number), pass, site: 'A', gate, source: 'pass', category: 'individual' } as const;
  const whole = { ...about, persons: 1, partySize: 1, trust: 'verified', decidedBy: 'device' } as const;
  const happened = { occurredAt: eightOClock + at };
  const event = isIn
    ? fact('VisitorCheckedIn', { ...whole, outcome: 'admitted' }, happened)
    : fact('VisitorCheckedOut', whole, happened);
  const way = gateFactOf(event);
  if (!way) throw new Error('a scan is a fact at the gates');
  return way;
}

const moments = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 820, max: 880 })).map((at) => at * minute);

const ways = fc
  .array(fc.record({ gate: fc.constantFrom('G1', 'G2', 'G3'), isIn: fc.boolean(), at: moments }), { maxLength: 14 })
  .map((all) => all.map((each, index) => wayOf({ ...each, number: index + 1 })));

const notes = fc.option(
  fc
    .record({ from: fc.option(moments), until: fc.option(moments), revoked: fc.option(moments) })
    .map(({ from, until, revoked }): PassNote => ({
      fair: fairId,
      pass,
      valid_from: from === null ? null : eightOClock + from,
      valid_until: until === null ? null : eightOClock + until,
      revocation: revoked === null ? null : idOf(7),
      revoked_at: revoked === null ? null : eightOClock + revoked,
    })),
  { nil: undefined },
);

/** As the domain says it, fact by fact over all the others. */
function plainConflicts(kept: readonly GateFact[], { rules, note }: Circumstances): GateFact[] {
  const all = kept.map(occurrenceOf);
  const isBefore = (a: (typeof all)[number], b: (typeof all)[number]) => byOccurrence(a, b) < 0;
  const revocations: PassFact[] =
    note?.revocation && note.revoked_at !== null
      ? [{ kind: 'revocation', id: note.revocation, occurredAt: note.revoked_at }]
      : [];
  const facts: PassFact[] = [
    ...all.map(({ fact: { direction }, id, occurredAt, gate }) => {
      const kind = direction === 'in' ? ('admission' as const) : ('exit' as const);
      return { kind, id, occurredAt, gate };
    }),
    ...revocations,
  ];
  const conflicting = all.filter((way) => {
    if (way.fact.direction === 'out') return false;
    const exits = rules?.settings.gates.find(({ code }) => code === way.gate)?.exits ?? 'not-scanned';
    const asked = { exits, closes: rules?.settings.closes ?? '24:00', closedAt: null };
    const limits = { validFrom: note?.valid_from ?? null, validUntil: note?.valid_until ?? null };
    const answer = decideScan({ ...way, direction: 'in' }, { facts, ...limits }, asked);
    const atTwoGates = all.some(
      (other) =>
        other.fact.direction === 'in' &&
        other.gate !== way.gate &&
        isBefore(other, way) &&
        way.occurredAt - other.occurredAt <= 10 * minute &&
        !all.some((exit) => exit.fact.direction === 'out' && isBefore(other, exit) && isBefore(exit, way)),
    );
    return answer.outcome === 'refused' || atTwoGates;
  });
  return conflicting.map((way) => way.fact);
}

test('conflicts are those that the plain definition finds, whatever the order', () => {
  fc.assert(
    fc.property(ways, notes, fc.boolean(), (kept, note, isKnown) => {
      const circumstances = { rules: isKnown ? rules : undefined, note };
      expect(conflictsAmong(kept, circumstances)).toEqual(new Set(plainConflicts(kept, circumstances)));
      expect(conflictsAmong(kept.toReversed(), circumstances)).toEqual(conflictsAmong(kept, circumstances));
    }),
    { numRuns: 2000 },
  );
});

/** How often fields of the facts are looked at while so many are judged together. */
function looksAt(count: number): number {
  let looks = 0;
  const counting: ProxyHandler<GateFact> = {
    get: (fact, field, receiver) => {
      looks += 1;
      const value: unknown = Reflect.get(fact, field, receiver);
      return value;
    },
  };
  const kept = Array.from({ length: count }, (_, index) => {
    const gate = index % 3 === 0 ? 'G2' : 'G1';
    return new Proxy(wayOf({ number: index + 1, gate, isIn: index % 50 !== 49, at: index * minute }), counting);
  });
  const judged = judge(kept, { ...nobody, marksOf: () => [] });
  expect(judged.filter(({ is_conflict }) => is_conflict).length).toBeGreaterThan(count / 5);
  return looks;
}

test('a pass that is scanned without end is judged in one way through its facts, not fact by fact over all others', () => {
  expect(looksAt(2000)).toBeLessThan(6 * looksAt(500));
});
