import { isDeepStrictEqual } from 'node:util';
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

/** The options of a plan of which something does not hold; null where it holds of all that were tried. */
const exceptionTo = (holds: (plan: Plan, options: PlanOptions) => boolean): unknown =>
  fc.check(
    fc.property(options, (given) => holds(planLoad(given), given)),
    { numRuns: 15 },
  ).counterexample;

const apartSeconds = 3;

describe('the plan of a load', () => {
  it('is a function of its options', () => {
    expect(exceptionTo((plan, given) => JSON.stringify(plan) === JSON.stringify(planLoad(given)))).toBeNull();
  });

  it('is another one for another seed', () => {
    const other = (given: PlanOptions) => idsOf(planLoad({ ...given, seed: `${given.seed}.` }));
    expect(exceptionTo((plan, given) => !isDeepStrictEqual(idsOf(plan), other(given)))).toBeNull();
  });

  it('gives every fact a UUIDv7 of its own', () => {
    const isId = (id: string) => /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id);
    const alone = ({ streams }: Plan) =>
      streams
        .flatMap(({ sendings }) => sendings)
        .flatMap((sending) => (sending.kind === 'fact' ? [sending.fact.id] : []));
    expect(
      exceptionTo((plan) => idsOf(plan).every(isId) && new Set(alone(plan)).size === alone(plan).length),
    ).toBeNull();
  });

  it('sends as many scans a second as the scenario says', () => {
    const wanted = ({ scenario, seconds }: PlanOptions) =>
      Math.floor(scenarios[scenario].rates.scans * (scenarios[scenario].warmUpSeconds + seconds));
    expect(exceptionTo((plan, given) => onlineScans(plan).length === wanted(given))).toBeNull();
  });

  it('names only passes, groups and booths that it has', () => {
    const isKnown = (fact: Fact, { passes, groups, booths }: Plan): boolean => {
      if (fact.kind === 'scan') return !('pass' in fact.showing) || passes[fact.showing.pass] !== undefined;
      if (fact.kind === 'arrival') return groups[fact.group] !== undefined;
      return !('booth' in fact) || booths[fact.booth] !== undefined;
    };
    expect(exceptionTo((plan) => plannedFacts(plan).every((fact) => isKnown(fact, plan)))).toBeNull();
  });

  it('lets a pass be answered before it is shown again, online', () => {
    const areApart = (scans: readonly Scan[]) =>
      scans.every(({ at }, index) => at - (scans[index - 1]?.at ?? -Infinity) >= apartSeconds);
    expect(exceptionTo((plan) => [...byPass(onlineScans(plan)).values()].every(areApart))).toBeNull();
  });

  it('undoes what was sent before, and each thing once', () => {
    expect(
      exceptionTo((plan) => {
        const voids = plannedFacts(plan).filter((fact) => fact.kind === 'void');
        const targets = new Set(voids.map(({ of }) => of.id));
        return targets.size === voids.length && voids.every(({ at, of }) => at - of.at >= apartSeconds);
      }),
    ).toBeNull();
  });

  it('undoes no sale that something was brought back of', () => {
    expect(
      exceptionTo((plan) => {
        const facts = plannedFacts(plan);
        const undone = new Set(facts.flatMap((fact) => (fact.kind === 'void' ? [fact.of.id] : [])));
        return facts.every((fact) => fact.kind !== 'return' || !undone.has(fact.sale));
      }),
    ).toBeNull();
  });
});

describe('what phones deliver that were without network', () => {
  const deliveriesOf = ({ streams }: Plan) =>
    streams
      .flatMap(({ sendings }) => sendings)
      .flatMap((sending) => (sending.kind === 'delivery' ? [sending.facts] : []));

  it('comes by so many as one delivery takes', () => {
    expect(exceptionTo((plan) => deliveriesOf(plan).every(({ length }) => length > 0 && length <= 500))).toBeNull();
  });

  it('is everything, as many times over as the scenario says', () => {
    expect(
      exceptionTo((plan, { scenario }) => {
        const { scans, walkIns, deliveries } = scenarios[scenario].offline ?? { scans: 0, walkIns: 0, deliveries: 0 };
        const times = Map.groupBy(deliveriesOf(plan).flat(), ({ id }) => id);
        return times.size >= scans + walkIns && [...times.values()].every(({ length }) => length === deliveries);
      }),
    ).toBeNull();
  });
});

const idsOf = (plan: Plan): string[] => plannedFacts(plan).map(({ id }) => id);

const onlineScans = (plan: Plan): Scan[] =>
  plannedFacts(plan).filter((fact): fact is Scan => fact.kind === 'scan' && !fact.told);

const byPass = (scans: readonly Scan[]): Map<number, Scan[]> =>
  Map.groupBy(
    scans.filter(({ showing }) => 'pass' in showing),
    ({ showing }) => ('pass' in showing ? showing.pass : -1),
  );
