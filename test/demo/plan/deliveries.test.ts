import { describe, expect, it } from 'vitest';
import { dayOf, evening, minutes } from '../../../src/demo/plan/calendar.ts';
import { type Delivery, deliveriesOf, type DeliveryOptions, senderOf } from '../../../src/demo/plan/deliveries.ts';
import { outageAt } from '../../../src/demo/plan/outages.ts';
import { planFair } from '../../../src/demo/plan/plan-fair.ts';

const plan = planFair({ seed: 'deliveries', visits: 3_000, copies: 20_000 });
const facts = [...plan.gate.facts, ...plan.books.facts];
const deliver = (options: Partial<DeliveryOptions> = {}) =>
  deliveriesOf(facts, { seed: 'deliveries', deliveries: 1, order: 'as-it-happened', ...options });
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
const delivered = (deliveries: readonly Delivery[]) => deliveries.flatMap((delivery) => delivery.facts);
const hoursLate = ({ at, facts }: Delivery) => Math.max(...facts.map((fact) => (at - fact.at) / 3_600_000));

describe('deliveries', () => {
  it.each(['as-it-happened', 'shuffled'] as const)(
    'leave no fact out and send none before it happened, %s',
    (order) => {
      const deliveries = deliver({ order });
      expect(ids(delivered(deliveries)).sort()).toEqual(ids(facts).sort());
      expect(deliveries.filter(({ at, facts }) => facts.some((fact) => fact.at > at))).toEqual([]);
      expect(deliveries.filter(({ at }) => at > evening)).toEqual([]);
      expect(deliveries.map(({ at }) => at)).toEqual(deliveries.map(({ at }) => at).sort((a, b) => a - b));
    },
  );

  it('go at once where there is network, else in batches when it is back, up to a day late', () => {
    for (const { as, at, facts, sender } of deliver()) {
      const outage = facts.map((fact) => outageAt(sender.outages, fact.at)?.to);
      expect(new Set(outage)).toEqual(new Set([as === 'batch' ? at : undefined]));
      expect(as === 'batch' || at - (facts[0]?.at ?? 0) < minutes(2)).toBe(true);
    }
    const latest = Math.max(...deliver().map(hoursLate));
    expect(latest).toBeGreaterThan(20);
    expect(latest).toBeLessThan(24);
  });

  it('keep the order of each phone as it happened', () => {
    const bySender = Map.groupBy(delivered(deliver()), (fact) => senderOf(fact).id);
    for (const own of bySender.values())
      expect(own.map(({ at }) => at)).toEqual(own.map(({ at }) => at).sort((a, b) => a - b));
  });

  it('lose the order of each phone’s day when shuffled, and then carry what the phone decided', () => {
    const batches = deliver({ order: 'shuffled' }).filter(({ as }) => as === 'batch');
    expect(batches.some(({ facts }) => facts.some((fact, index) => fact.at < (facts[index - 1]?.at ?? 0)))).toBe(true);
    expect(new Set(batches.map(({ scans }) => scans))).toEqual(new Set(['decided']));
    for (const { facts } of batches) {
      expect(new Set(facts.map((fact) => dayOf(fact.at))).size).toBe(1);
      expect(new Set(facts.map((fact) => senderOf(fact).id)).size).toBe(1);
    }
  });

  it('are repeated two to five times here and there, and everywhere when asked for', () => {
    const times = new Set(
      deliver()
        .filter(({ as }) => as === 'batch')
        .map(({ times }) => times),
    );
    expect([Math.min(...times), Math.max(...times)]).toEqual([1, 5]);
    expect(deliver({ deliveries: 3 }).every(({ times }) => times >= 3)).toBe(true);
  });

  it('hold no more than the platform takes in one request', () => {
    expect(Math.max(...deliver({ order: 'shuffled' }).map(({ facts }) => facts.length))).toBeLessThanOrEqual(500);
  });
});
