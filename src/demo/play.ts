import { setTimeout as sleep } from 'node:timers/promises';
import type { FairClock } from './clock.ts';
import { inParallel } from './in-parallel.ts';
import { minutes } from './plan/calendar.ts';
import type { Delivery } from './plan/deliveries.ts';

type Playing = {
  readonly clock: FairClock;
  /** How many times faster than the real fair; `max` waits for nothing. */
  readonly speed: number | 'max';
  readonly send: (delivery: Delivery) => Promise<void>;
  /** Lets so many milliseconds pass. */
  readonly pause?: (ms: number) => Promise<unknown>;
};

/** Phones that send at the same time. */
const sendersAtOnce = 24;
/** Nobody watches an empty square: a longer silence passes as quickly as this one. */
const silence = minutes(10);

/**
 * Lets the deliveries happen, one moment after the other: the clock is set, every phone sends what it has for that
 * moment, each in its own order, and when all are answered the next moment comes.
 */
export async function play(
  deliveries: readonly Delivery[],
  { clock, speed, send, pause = sleep }: Playing,
): Promise<void> {
  const moments = Map.groupBy(deliveries, ({ at }) => at);
  let due = performance.now();
  let last: number | undefined;
  for (const [moment, together] of moments) {
    if (speed !== 'max') {
      due += Math.min(moment - (last ?? moment), silence) / speed;
      await pause(Math.max(0, due - performance.now()));
      last = moment;
    }
    clock.advanceTo(moment);
    const bySender = Map.groupBy(together, ({ sender }) => sender.id);
    await inParallel([...bySender.values()], { atOnce: sendersAtOnce }, async (own) => {
      for (const delivery of own) await send(delivery);
    });
  }
}
