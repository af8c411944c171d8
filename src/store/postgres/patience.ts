import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnreachable } from '../event-store.ts';
import { failureKind } from './failure.ts';

/**
 * Runs something again, at growing intervals, for as long as the server is away.
 * @param attempt is told whether an earlier attempt may have taken effect
 * @throws StoreUnreachable once `seconds` are over; anything else that `attempt` throws at once.
 */
export async function patiently<Result>(
  seconds: number,
  attempt: (about: { readonly isRepeated: boolean }) => Promise<Result>,
  isAway: (error: unknown) => boolean = (error) => failureKind(error) === 'away',
): Promise<Result> {
  const until = performance.now() + seconds * 1000;
  for (let pause = pauseMin; ; pause = Math.min(pause * 2, pauseMax)) {
    try {
      return await attempt({ isRepeated: pause > pauseMin });
    } catch (error) {
      if (!isAway(error)) throw error;
      if (performance.now() + pause > until) throw new StoreUnreachable(Math.ceil(pauseMax / 1000), error);
      await delay(pause);
    }
  }
}

/** Milliseconds. */
const pauseMin = 10;
const pauseMax = 1000;
