import type { BooksFact } from './books/facts.ts';
import { byMoment, closes, dayOf, minutes, momentAt } from './calendar.ts';
import { Chance } from './chance.ts';
import type { GateFact } from './gate/facts.ts';
import { type Outage, outageAt } from './outages.ts';

/** Whose phone sends: a gate's device, an exhibitor's, or a visitor's own. Its clock is ahead by `skewSeconds`. */
export type Sender = {
  readonly kind: 'device' | 'exhibitor' | 'visitor';
  readonly id: string;
  readonly skewSeconds: number;
  readonly outages: readonly Outage[];
};

export type Fact = GateFact | BooksFact;

/** Facts that one phone sends at a moment (ms); a batch goes in one request. */
export type Delivery = {
  readonly at: number;
  readonly sender: Sender;
  readonly facts: readonly Fact[];
  readonly as: 'single' | 'batch';
  /** How often the same is sent, because no answer came back. */
  readonly times: number;
  /** `decided`: each scan carries the outcome that its phone has shown already. */
  readonly scans: 'decided' | 'undecided';
};

export type DeliveryOptions = {
  readonly seed: string;
  /** Everything is sent at least so often. */
  readonly deliveries: number;
  /** `shuffled`: each phone sends its day at the end of it, in an order of chance. */
  readonly order: 'as-it-happened' | 'shuffled';
};

/** Phones send at every second full minute. The clock stands still while they do, so that a phone's skew comes out exactly. */
const tick = minutes(2);
const batchMax = 100;
const repeatedBatchShare = 0.4;
const repeatedSingleShare = 0.03;

/** Everything that the phones send, by its moment; what one phone sends at one moment goes in the order given. */
export function deliveriesOf(facts: readonly Fact[], options: DeliveryOptions): Delivery[] {
  const chance = new Chance(options.seed, `deliveries ${options.order}`);
  const bySender = Map.groupBy(facts, (fact) => senderOf(fact).id);
  return [...bySender.values()]
    .flatMap((own) => (options.order === 'shuffled' ? shuffledDays(own, chance) : asItHappened(own)))
    .map((once): Delivery => ({ ...once, times: Math.max(options.deliveries, timesOf(once, chance)) }))
    .sort(byMoment);
}

type Once = Omit<Delivery, 'times'>;

function asItHappened(facts: readonly Fact[]): Once[] {
  const byOutage = Map.groupBy(facts, (fact) => outageAt(senderOf(fact).outages, fact.at));
  return [...byOutage].flatMap(([outage, own]) => (outage ? batches(own, outage.to) : own.map(single)));
}

function shuffledDays(facts: readonly Fact[], chance: Chance): Once[] {
  const taps = facts.filter(({ kind }) => kind === 'poster-scan');
  const others = facts.filter(({ kind }) => kind !== 'poster-scan');
  const byEvening = Map.groupBy(others, (fact) => eveningOf(fact));
  return [...taps.map(single), ...[...byEvening].flatMap(([at, own]) => batches(chance.shuffled(own), at))];
}

/** After closing; later still for a phone without network then. */
function eveningOf(fact: Fact): number {
  const evening = momentAt(dayOf(fact.at), closes) + minutes(15);
  return Math.max(evening, outageAt(senderOf(fact).outages, fact.at)?.to ?? evening);
}

const single = (fact: Fact): Once => ({
  at: Math.ceil(fact.at / tick) * tick,
  sender: senderOf(fact),
  facts: [fact],
  as: 'single',
  scans: 'undecided',
});

function batches(facts: readonly Fact[], at: number): Once[] {
  return Array.from({ length: Math.ceil(facts.length / batchMax) }, (_, index) => {
    const own = facts.slice(index * batchMax, (index + 1) * batchMax);
    return own
      .slice(0, 1)
      .map((first): Once => ({ at, sender: senderOf(first), facts: own, as: 'batch', scans: 'decided' }));
  }).flat();
}

const timesOf = ({ as }: Once, chance: Chance): number =>
  as === 'batch'
    ? chance.happens(repeatedBatchShare)
      ? chance.between(2, 5)
      : 1
    : chance.happens(repeatedSingleShare)
      ? 2
      : 1;

export function senderOf(fact: Fact): Sender {
  if (fact.kind === 'poster-scan') return { kind: 'visitor', id: fact.pass.id, skewSeconds: 0, outages: [] };
  return 'device' in fact ? { kind: 'device', ...fact.device } : { kind: 'exhibitor', ...fact.exhibitor };
}
