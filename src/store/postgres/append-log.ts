import type { AppendResult } from '../event-store.ts';
import type { Storable } from '../storable.ts';
import { type AppendRow, appendResults, appendStatement } from './append-statement.ts';
import type { Asks } from './event-queries.ts';
import { failureKind } from './failure.ts';
import { withOwnTwins } from './own-twins.ts';
import { patiently } from './patience.ts';

export type AppendOptions = {
  /** Milliseconds since 1970; the server's clock where there is none. */
  readonly clock: (() => number) | undefined;
  readonly patienceSeconds: number;
};

/**
 * Writes a batch. A lost connection is no reason to fail: the batch is sent again, and ids make that count once. A
 * batch that the server refuses is halved until only the item at fault fails.
 * @throws StoreUnreachable
 */
export async function appendBatch(
  log: Asks,
  items: readonly Storable[],
  options: AppendOptions,
): Promise<AppendResult[]> {
  try {
    return await patiently(options.patienceSeconds, async ({ isRepeated }) => {
      const results = await appendOnce(log, items, options);
      return isRepeated ? withOwnTwins(log, items, results) : results;
    });
  } catch (error) {
    if (!(error instanceof Error) || failureKind(error) === 'away') throw error;
    if (items.length === 1) return [{ outcome: 'failed', error }];
    const middle = Math.ceil(items.length / 2);
    const first = await appendBatch(log, items.slice(0, middle), options);
    return [...first, ...(await appendBatch(log, items.slice(middle), options))];
  }
}

/** Whoever lost a race finds at the next try what the winner wrote, so that one try more is nearly always enough. */
async function appendOnce(log: Asks, items: readonly Storable[], { clock }: AppendOptions): Promise<AppendResult[]> {
  for (let triesLeft = racesMax; ; triesLeft -= 1) {
    try {
      const { rows } = await log.query<AppendRow>(appendStatement(items, clock?.() ?? null));
      const [row] = rows;
      if (!row) throw new TypeError('append_events answered no row');
      return appendResults(items, row);
    } catch (error) {
      if (failureKind(error) !== 'race' || triesLeft === 0) throw error;
    }
  }
}

const racesMax = 10;
