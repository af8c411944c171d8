import type { StoredEvent } from '../../../events/envelope.ts';
import { connect } from '../../database/connect.ts';
import type { AppendItem, AppendResult, EventStore, LoadRequest } from '../event-store.ts';
import { type BatchLimits, MicroBatcher } from '../micro-batcher.ts';
import { isStreamName, NotStorable, type Storable, toStorable } from '../storable.ts';
import { AppendListener } from './append-listener.ts';
import { appendBatch } from './append-log.ts';
import { head, load, readAfter, readAt } from './event-queries.ts';
import { patiently } from './patience.ts';
import { Pipeline } from './pipeline.ts';

export type PostgresEventStoreOptions = {
  /** Milliseconds since 1970; the database's clock when left out. */
  readonly clock?: () => number;
  readonly appends?: Partial<BatchLimits>;
  readonly loads?: Partial<BatchLimits>;
  /** How long a call waits for a database that is away. */
  readonly patienceSeconds?: number;
  /** A statement that takes longer is taken for lost. */
  readonly statementSecondsMax?: number;
  /** How often to look for events nobody told of. */
  readonly pollSeconds?: number;
};

/** The log in a PostgreSQL database that has been migrated; `url` is that of the application's role. */
export function postgresEventStore(url: string, options: PostgresEventStoreOptions = {}): EventStore {
  const { clock, patienceSeconds = 20, statementSecondsMax = 30, pollSeconds = 2 } = options;
  const pipeline = new Pipeline(url, { applicationName: 'hoi-sach log', timeoutSeconds: statementSecondsMax });
  const { pool, close } = connect(url, { poolSizeMax: readersMax, applicationName: 'hoi-sach log reader' });
  const reading = <Answer>(read: () => Promise<Answer>): Promise<Answer> => patiently(patienceSeconds, read);

  const listener = new AppendListener(url, { head: () => head(pool), pollSeconds });
  const appends = new MicroBatcher(
    async (items: readonly Storable[]) => {
      const results = await appendBatch(pipeline, items, { clock, patienceSeconds });
      listener.tell(Math.max(0, ...results.map((result) => (result.outcome === 'appended' ? result.position : 0))));
      return results;
    },
    ({ data, meta }) => data.length + meta.length,
    { ...appendLimits, ...options.appends },
  );
  const loads = new MicroBatcher(
    (requests: readonly LoadRequest[]) => reading(() => load(pool, requests)),
    () => 1,
    { ...loadLimits, ...options.loads },
  );

  return {
    append: (items) => appendStorable(items, appends),
    load: (requests) => loadNamed(requests, loads),
    read: (after, limit) => reading(() => readAfter(pool, after, limit)),
    readAt: (positions) => reading(() => readAt(pool, positions)),
    head: () => reading(() => head(pool)),
    onAppend: (listen) => listener.add(listen),
    async close() {
      await Promise.all([appends.idle(), loads.idle()]);
      await Promise.all([listener.close(), pipeline.close(), close()]);
    },
  };
}

const readersMax = 4;

/** Sizes in UTF-16 units of JSON. */
const appendLimits: BatchLimits = {
  lanes: 2,
  batchItemsMin: 16,
  batchItemsMax: 512,
  batchSizeMax: 1_000_000,
  queueItemsMax: 20_000,
  queueSizeMax: 64_000_000,
};

/** Sizes in streams. */
const loadLimits: BatchLimits = {
  lanes: 2,
  batchItemsMin: 16,
  batchItemsMax: 512,
  batchSizeMax: 512,
  queueItemsMax: 20_000,
  queueSizeMax: 20_000,
};

/** What cannot be stored is sorted out before it is sent. */
async function appendStorable(
  items: readonly AppendItem[],
  appends: MicroBatcher<Storable, AppendResult>,
): Promise<AppendResult[]> {
  const checked = items.map(toStorable);
  const storable = checked.flatMap((item) => (item instanceof NotStorable ? [] : item));
  const results = (await appends.add(storable)).values();
  return checked.map((item) => {
    if (item instanceof NotStorable) return { outcome: 'failed', error: item };
    const { value } = results.next();
    if (!value) throw new Error('the log answered fewer items than it was given');
    return value;
  });
}

/** No stream has a name that cannot be stored. */
async function loadNamed(
  requests: readonly LoadRequest[],
  loads: MicroBatcher<LoadRequest, StoredEvent[]>,
): Promise<StoredEvent[][]> {
  const answers = (await loads.add(requests.filter(({ stream }) => isStreamName(stream)))).values();
  return requests.map(({ stream }) => (isStreamName(stream) ? (answers.next().value ?? []) : []));
}
