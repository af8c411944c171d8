import type { StoredEvent } from '../../events/envelope.ts';
import type { FreshDatabase } from '../support/database.ts';
import { figureDifferences, glanceDifferences, type Reading } from './oracle/figures.ts';
import { logDifferences } from './oracle/log.ts';
import { simulate, type Spoilt } from './simulate.ts';

type Checked = {
  /** What the platform got wrong, a line each. */
  readonly differences: readonly string[];
  readonly log: readonly StoredEvent[];
};

/** Plays the fair of a seed and holds what is left against what was done. */
export const checkFair = (
  database: FreshDatabase,
  seed: number,
  { reading, ...spoilt }: Spoilt & { readonly reading?: Reading } = {},
): Promise<Checked> =>
  simulate(
    database,
    String(seed),
    async (settled) => {
      const inLog = logDifferences(settled);
      // Figures of a wrong log are wrong whatever they are.
      if (inLog.length > 0) return { differences: inLog, log: settled.log };
      const differences = [...glanceDifferences(settled), ...(await figureDifferences(settled, reading))];
      return { differences, log: settled.log };
    },
    spoilt,
  );

const linesMax = 12;

/** What a reader needs, the command that plays this very fair again first. */
export const failureOf = (seed: number, differences: readonly string[]): string =>
  [
    `SIMULATION_SEED=${seed} npm run test:simulation`,
    ...differences.slice(0, linesMax).map((line) => (line.length > 1000 ? `${line.slice(0, 1000)}…` : line)),
    ...(differences.length > linesMax ? [`… and ${differences.length - linesMax} more`] : []),
  ].join('\n');
