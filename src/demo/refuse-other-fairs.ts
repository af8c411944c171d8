import type { StoredEvent } from '../../events/envelope.ts';
import { UsageError } from './usage-error.ts';

/** The log, as far as it matters here. */
type Readable = { read(after: number, limit: number): Promise<StoredEvent[]> };

const pageSize = 2_000;

/**
 * The demo's clock is years behind, and whoever looks at the demo should see the demo: it keeps off any other log.
 * @param where the name of the log for whoever has to choose another one
 * @throws UsageError for a log with a fact of another fair
 */
export async function refuseOtherFairs(log: Readable, fair: string, where: string): Promise<void> {
  for (let after = 0; ;) {
    const page = await log.read(after, pageSize);
    if (page.some(({ meta }) => meta.fair !== fair)) throw new UsageError(otherFair(where));
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.position;
  }
}

const otherFair = (where: string): string =>
  `${where} holds another fair than the one asked for. The demo keeps to a log of its own: run it with the same ` +
  '--seed, --visits and --copies again, choose another folder with DATA_DIR, or remove this one.';
