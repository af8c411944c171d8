import { type Scenario, scenarios } from '../scenarios.ts';
import { Selling, stockOf } from './books.ts';
import { Chance } from './chance.ts';
import { arrivalOf, walkInOf } from './counts.ts';
import type { Device, Fact, PassTerms, Sending, Stream } from './facts.ts';
import { flowOf, momentsOf } from './flow.ts';
import { planBursts } from './offline.ts';
import { planPlace } from './place.ts';
import { Scanning } from './scans.ts';
import { Undoing } from './voids.ts';

export type PlanOptions = {
  readonly scenario: Scenario['name'];
  readonly seed: string;
  /** How long the load lasts, the warm-up not included. */
  readonly seconds: number;
  /** ms since 1970; nothing but the time in the ids depends on it. */
  readonly startedAt: number;
};

export type Plan = {
  readonly fair: string;
  readonly devices: readonly Device[];
  readonly passes: readonly PassTerms[];
  /** Ids of the school groups, and of the exhibitors. */
  readonly groups: readonly string[];
  readonly booths: readonly string[];
  readonly streams: readonly Stream[];
};

/** All that will be sent, and in which flow: a function of the options, in k6 and in the truth check alike. */
export function planLoad({ scenario: name, seed, seconds, startedAt }: PlanOptions): Plan {
  const scenario = scenarios[name];
  const chanceOf = (purpose: string) => new Chance(`${name} ${seed}`, purpose);
  const ids = chanceOf('ids');
  const fair = ids.id(startedAt);
  const place = planPlace(scenario, chanceOf('place'), startedAt);
  const groups = idsOf(scenario.groups, ids, startedAt);
  const booths = idsOf(scenario.booths, ids, startedAt);
  const passes: PassTerms[] = [];
  const { shares, rates, warmUpSeconds, offline } = scenario;
  const span = { warmUpSeconds, seconds, startedAt };

  const scanning = new Scanning(place, passes, { shares, chance: chanceOf('scans') });
  const selling = new Selling(booths.length, chanceOf('sales'));
  const [counting, arriving, stocking] = [chanceOf('walk-ins'), chanceOf('arrivals'), chanceOf('stock')];
  const moments = (perSecond: number) => momentsOf(perSecond, span, ids);
  const flows: Flow[] = [
    ['scans', rates.scans, moments(rates.scans).map((moment) => scanning.next(moment))],
    ['walk-ins', rates.walkIns, moments(rates.walkIns).map((moment) => walkInOf(moment, place, counting))],
    ['arrivals', rates.arrivals, moments(rates.arrivals).map((at) => arrivalOf(at, place, arriving, groups.length))],
    ['sales', rates.sales, moments(rates.sales).map((moment) => selling.next(moment))],
    ['stock', rates.stock, moments(rates.stock).map((moment) => stockOf(moment, booths.length, stocking))],
  ];
  const undoing = new Undoing(
    flows.flatMap(([, , facts]) => facts.filter((fact) => fact !== undefined)),
    chanceOf('voids'),
  );
  const voids: Flow = ['voids', rates.voids, moments(rates.voids).map((moment) => undoing.next(moment))];

  const [repeating, looking] = [chanceOf('repeats'), chanceOf('looks')];
  const sendingOf = (fact: Fact | undefined): Sending =>
    fact ? { kind: 'fact', fact, times: repeating.happens(scenario.repeated) ? 2 : 1 } : lookOf(looking);
  const streams = [...flows, voids].flatMap(([name, perSecond, facts]) =>
    flowOf(name, perSecond, facts.map(sendingOf), span),
  );
  const world = { place, passes, shares, startedAt, chance: chanceOf('offline') };
  const bursts = offline ? planBursts(offline, span, world) : [];
  const looks = moments(rates.looks).map(() => lookOf(looking));
  return {
    fair,
    devices: place.phones,
    passes,
    groups,
    booths,
    streams: [...streams, ...bursts, ...flowOf('looks', rates.looks, looks, span)],
  };
}

/** Nothing happens at a moment at which nothing can: there was nobody to undo. */
type Flow = readonly [name: string, perSecond: number, facts: readonly (Fact | undefined)[]];

/** Every fact of a plan once, in no order. */
export const plannedFacts = ({ streams }: Pick<Plan, 'streams'>): Fact[] => [
  ...new Map(
    streams
      .flatMap(({ sendings }) => sendings)
      .flatMap((sending) =>
        sending.kind === 'fact' ? [sending.fact] : sending.kind === 'delivery' ? sending.facts : [],
      )
      .map((fact) => [fact.id, fact]),
  ).values(),
];

const idsOf = (count: number, ids: Chance, moment: number): string[] =>
  Array.from({ length: count }, () => ids.id(moment));

const lookOf = (chance: Chance): Sending => ({
  kind: 'look',
  at: chance.weighted([
    ['figures', 15],
    ['total', 40],
    ['fair', 15],
    ['public-pass', 30],
  ] as const),
});
