import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { checkFair, failureOf } from './check-fair.ts';

const Environment = z.object({
  /** This one alone. */
  SIMULATION_SEED: z.coerce.number().int().optional(),
  /** How many, and from which one on. */
  SIMULATION_SEEDS: z.coerce.number().int().min(1).default(300),
  SIMULATION_FROM: z.coerce.number().int().default(1),
});

/** The seeds of this run. */
function everySeed(): number[] {
  const { SIMULATION_SEED: one, SIMULATION_SEEDS: count, SIMULATION_FROM: from } = Environment.parse(process.env);
  return one === undefined ? Array.from({ length: count }, (_, index) => from + index) : [one];
}

/** What is said of a fair that could not be played to its end. */
const brokenOff = (error: unknown): readonly string[] => [
  `broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
];

/** Tests a share of the run's fairs; a file each, so that they run on as many cores. */
export function testFairs({ part, parts }: { readonly part: number; readonly parts: number }): void {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  const shares = Array.from({ length: parts }, (_, each) => everySeed().filter((seed) => seed % parts === each));

  test('every fair of this run is played in one of the files', () => {
    expect(shares.flat().sort((a, b) => a - b)).toEqual(everySeed());
  });

  test.each(shares[part] ?? [])('the fair of seed %i comes out as it was', async (seed) => {
    const differences = await checkFair(database, seed).then((checked) => checked.differences, brokenOff);
    expect(differences, failureOf(seed, differences)).toEqual([]);
  });
}
