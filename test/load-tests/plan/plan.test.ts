import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, Scan } from '../../../load-tests/plan/facts.ts';
import { type Plan, planLoad, type PlanOptions, plannedFacts } from '../../../load-tests/plan/plan.ts';
import { scenarios } from '../../../load-tests/scenarios.ts';

const startedAt = Date.parse('2026-04-21T07:30:00+07:00');
const options = fc.record({
  scenario: fc.constantFrom('commune', 'province', 'school'),
  seed: fc.string({ maxLength: 12 }),
  seconds: fc.integer({ min: 5, max: 40 }),
  startedAt: fc.constant(startedAt),
});

const holds = (property: (plan: Plan, options: PlanOptions) => void): void =>
  fc.assert(
    fc.property(options, (given) => void property(planLoad(given), given)),
    { numRuns: 15 },
  );

const apartSeconds = 3;

describe('the plan of a load', () => {
  it('is a function of its options', () => {
    holds((plan, given) => expect(planLoad(given)).toEqual(plan));
  });

  it('is another one for another seed', () => {
    holds((plan, given) => {
      const ids = plannedFacts(planLoad({ ...given, seed: `${given.seed}.` })).map(({ id }) => id);
      expect(ids).not.toEqual(plannedFacts(plan).map(({ id }) => id));
    });
  });

  it('gives every fact a UUIDv7 of its own', () => {
    holds((plan) => {
      const sent = plan.streams.flatMap(({ sendings }) => sendings);
      const alone = sent.flatMap((sending) => (sending.kind === 'fact' ? [sending.fact.id] : []));
      const together = plannedFacts(plan).map(({ id }) => id);
      expect(new Set(alone).size).toBe(alone.length);
      for (const id of together) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    });
  });

  it('sends as many a second as the scenario says', () => {
    holds((plan, { scenario, seconds }) => {
      const { rates, warmUpSeconds } = scenarios[scenario];
      const scans = plannedFacts(plan).filter((fact) => fact.kind === 'scan' && !fact.told);
      expect(scans).toHaveLength(Math.floor(rates.scans * (warmUpSeconds + seconds)));
    });
  });

  it('names only passes, groups and booths that it has', () => {
    holds((plan) => {
      for (const fact of plannedFacts(plan)) {
        if (fact.kind === 'scan' && fact.showing.kind !== 'other') expect(plan.passes[fact.showing.pass]).toBeDefined();
        if (fact.kind === 'arrival') expect(plan.groups[fact.group]).toBeDefined();
        if ('booth' in fact) expect(plan.booths[fact.booth]).toBeDefined();
      }
    });
  });

  it('lets a pass be answered before it is shown again, online', () => {
    holds((plan) => {
      for (const scans of byPass(plannedFacts(plan)).values()) {
        for (const [index, scan] of scans.entries()) {
          const before = scans[index - 1];
          if (before) expect(scan.at - before.at).toBeGreaterThanOrEqual(apartSeconds);
        }
      }
    });
  });

  it('undoes what was sent before, once, by the phone that sent it', () => {
    holds((plan) => {
      const voids = plannedFacts(plan).filter((fact) => fact.kind === 'void');
      for (const { at, of } of voids) expect(at - of.at).toBeGreaterThanOrEqual(apartSeconds);
      const targets = voids.map(({ of }) => of.id);
      expect(new Set(targets).size).toBe(targets.length);
    });
  });

  it('undoes no sale that something was brought back of', () => {
    holds((plan) => {
      const facts = plannedFacts(plan);
      const undone = new Set(facts.flatMap((fact) => (fact.kind === 'void' ? [fact.of.id] : [])));
      const returned = facts.flatMap((fact) => (fact.kind === 'return' ? [fact.sale] : []));
      expect(returned.filter((sale) => undone.has(sale))).toEqual([]);
    });
  });
});

describe('what phones deliver that were without network', () => {
  it('is everything, several times over, by so many as one delivery takes', () => {
    holds((plan, { scenario }) => {
      const { offline } = scenarios[scenario];
      const deliveries = plan.streams
        .flatMap(({ sendings }) => sendings)
        .flatMap((sending) => (sending.kind === 'delivery' ? [sending.facts] : []));
      for (const facts of deliveries) expect(facts.length).toBeLessThanOrEqual(500);
      const times = Map.groupBy(deliveries.flat(), ({ id }) => id);
      expect([...times.values()].every((facts) => facts.length === offline?.deliveries)).toBe(true);
      expect(times.size).toBeGreaterThanOrEqual(offline ? offline.scans + offline.walkIns : 0);
    });
  });
});

const byPass = (facts: readonly Fact[]): Map<number, Scan[]> => {
  const scans = facts.filter((fact): fact is Scan => fact.kind === 'scan' && !fact.told && 'pass' in fact.showing);
  return Map.groupBy(scans, ({ showing }) => ('pass' in showing ? showing.pass : -1));
};
