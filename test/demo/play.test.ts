import { afterEach, describe, expect, it, vi } from 'vitest';
import { FairClock } from '../../src/demo/clock.ts';
import { morning } from '../../src/demo/plan/calendar.ts';
import { type Delivery, deliveriesOf } from '../../src/demo/plan/deliveries.ts';
import { planFair } from '../../src/demo/plan/plan-fair.ts';
import { play } from '../../src/demo/play.ts';

const { gate, books } = planFair({ seed: 'play', visits: 300, copies: 2_000 });
const deliveries = deliveriesOf([...gate.facts, ...books.facts], {
  seed: 'play',
  deliveries: 1,
  order: 'as-it-happened',
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the fair', () => {
  it('happens by its clock: every delivery at its moment, each phone in its own order', async () => {
    const clock = new FairClock(morning);
    const sent: { readonly delivery: Delivery; readonly at: number }[] = [];
    const send = async (delivery: Delivery) => {
      await Promise.resolve();
      sent.push({ delivery, at: clock.now() });
    };
    await play(deliveries, { clock, speed: 'max', send });
    expect(sent.map(({ at }) => at)).toEqual(sent.map(({ delivery }) => delivery.at));
    const orderOf = (list: readonly Delivery[]) => Map.groupBy(list, ({ sender }) => sender.id);
    expect(orderOf(sent.map(({ delivery }) => delivery))).toEqual(orderOf(deliveries));
  });

  it('moves its clock on only when all is answered', async () => {
    const clock = new FairClock(morning);
    let waiting = 0;
    const send = async ({ at }: Delivery) => {
      waiting += 1;
      await new Promise((answered) => setImmediate(answered));
      expect(clock.now()).toBe(at);
      waiting -= 1;
    };
    await play(deliveries.slice(0, 80), { clock, speed: 'max', send });
    expect(waiting).toBe(0);
  });

  it('takes as long as it is told, and passes silent hours quickly', async () => {
    const [first, second] = deliveries;
    if (!first || !second) throw new Error('nothing happens');
    const soon = { ...second, at: first.at + 60_000 };
    const evening = { ...second, at: soon.at + 10 * 3_600_000 };
    vi.useFakeTimers({ toFake: ['performance'] });
    const pauses: number[] = [];
    const pause = async (ms: number) => {
      pauses.push(ms);
      vi.advanceTimersByTime(ms);
    };
    const clock = new FairClock(morning);
    await play([first, soon, evening], { clock, speed: 6_000, pause, send: async () => {} });
    expect(pauses).toEqual([0, 10, 100]);
  });

  it('stops where something is answered that should not be', async () => {
    const sent: Delivery[] = [];
    const send = async (delivery: Delivery) => {
      sent.push(delivery);
      if (sent.length === 5) throw new Error('refused');
    };
    await expect(play(deliveries, { clock: new FairClock(morning), speed: 'max', send })).rejects.toThrow('refused');
    expect(sent.length).toBeLessThan(50);
  });
});
