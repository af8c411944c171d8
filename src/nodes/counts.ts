import { z } from 'zod';
import type { CountTogether } from '../auth/count-together.ts';

/** What was counted on one node since it last told: a topic's name, and how much of each key. */
export type Counts = z.output<typeof Counts>;
export const Counts = z.record(z.string(), z.record(z.string(), z.number()));

/** Told together for so long: fresher than a caller can spend an allowance, and ten messages a second at most. */
const tellEveryMs = 100;

/**
 * Counts of this node and the other ones of the same port.
 * @param tell hands what was counted here on to all others
 */
export function countsOf(tell: (counts: Counts) => void): {
  readonly together: CountTogether;
  readonly hear: (counts: Counts) => void;
} {
  const listeners = new Map<string, (key: string, amount: number) => void>();
  const untold = new Map<string, Map<string, number>>();
  let timer: NodeJS.Timeout | undefined;

  const tellAll = () => {
    timer = undefined;
    tell(Object.fromEntries([...untold].map(([topic, amounts]) => [topic, Object.fromEntries(amounts)])));
    untold.clear();
  };
  return {
    together: (topic) => (heard) => {
      listeners.set(topic, heard);
      return (key, amount) => {
        const amounts = untold.get(topic) ?? new Map<string, number>();
        untold.set(topic, amounts.set(key, (amounts.get(key) ?? 0) + amount));
        timer ??= setTimeout(tellAll, tellEveryMs).unref();
      };
    },
    hear(counts) {
      for (const [topic, amounts] of Object.entries(counts)) {
        const heard = listeners.get(topic);
        for (const [key, amount] of Object.entries(amounts)) heard?.(key, amount);
      }
    },
  };
}
