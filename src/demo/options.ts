import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { DeliveryOptions } from './plan/deliveries.ts';
import { UsageError } from './usage-error.ts';
import { bacNinh2022, copiesMax, copiesMin, type PlanOptions, visitsMax, visitsMin } from './plan/options.ts';

export type DemoOptions = {
  readonly plan: PlanOptions;
  readonly deliveries: Omit<DeliveryOptions, 'seed'>;
  /** How many times faster than the real fair; `max` waits for nothing. */
  readonly speed: number | 'max';
  readonly afterwards: 'exit' | 'keep-serving';
  readonly print: 'sentence' | 'json';
};

/** Three days of fifteen hours in a minute, less what setting up takes. */
const usualSpeed = 3_000;

export const demoUsage = `npm run demo -- [options]
  --seed TEXT       another fair (${bacNinh2022.seed})
  --visits N        visits, ${visitsMin}–${visitsMax} (${bacNinh2022.visits})
  --copies N        copies declared, ${copiesMin}–${copiesMax} (${bacNinh2022.copies})
  --speed N|max     times faster than the real fair (${usualSpeed}, about a minute)
  --deliveries N    send everything at least N times, 1–20 (1)
  --shuffle         each phone sends its day at the end of it, in any order
  --exit            end when the fair is over, instead of serving on
  --json            print the figures as JSON in the last line
Its data are in .data-demo unless DATA_DIR says otherwise.`;

const Options = z.object({
  seed: z.string().min(1).max(40).default(bacNinh2022.seed),
  visits: z.coerce.number().pipe(z.int().min(visitsMin).max(visitsMax)).default(bacNinh2022.visits),
  copies: z.coerce.number().pipe(z.int().min(copiesMin).max(copiesMax)).default(bacNinh2022.copies),
  speed: z.union([z.literal('max'), z.coerce.number().positive()]).default(usualSpeed),
  deliveries: z.coerce.number().pipe(z.int().min(1).max(20)).default(1),
  shuffle: z.boolean().default(false),
  exit: z.boolean().default(false),
  json: z.boolean().default(false),
});

/**
 * Reads the command line of the demo.
 * @throws UsageError with every mistake and the usage
 */
export function readDemoOptions(args: readonly string[]): DemoOptions {
  const read = Options.safeParse(valuesOf(args));
  if (!read.success) {
    const mistakes = read.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`);
    throw new UsageError([...mistakes, '', demoUsage].join('\n'));
  }
  const { seed, visits, copies, speed, deliveries, shuffle, exit, json } = read.data;
  return {
    plan: { seed, visits, copies },
    deliveries: { deliveries, order: shuffle ? 'shuffled' : 'as-it-happened' },
    speed,
    afterwards: exit ? 'exit' : 'keep-serving',
    print: json ? 'json' : 'sentence',
  };
}

function valuesOf(args: readonly string[]): unknown {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: text,
        visits: text,
        copies: text,
        speed: text,
        deliveries: text,
        shuffle: flag,
        exit: flag,
        json: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError([error instanceof Error ? error.message : String(error), '', demoUsage].join('\n'));
  }
}
