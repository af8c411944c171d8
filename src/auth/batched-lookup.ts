type Waiting<Value> = {
  readonly resolve: (value: Value | undefined) => void;
  readonly reject: (error: unknown) => void;
};

/** More is asked at once than the database answers. A later look-up may find room. */
export class LookupsFull extends Error {
  override readonly name = 'LookupsFull';
  readonly retryAfterSeconds = 1;
}

/**
 * Many look-ups at once become one: a single query is in flight, and everything asked meanwhile goes with the next. The
 * first waits until the end of this turn of the event loop, for those that arrived together.
 * A look-up therefore always sees what was committed before it was asked for; nothing is remembered.
 * @param waitingMax different keys that may wait for the next query; beyond them look-ups throw LookupsFull
 */
export function batchedLookup<Value>(
  query: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  { waitingMax = 5000 }: { waitingMax?: number } = {},
): (key: string) => Promise<Value | undefined> {
  let waiting = new Map<string, Waiting<Value>[]>();
  let isBusy = false;

  const flush = async (): Promise<void> => {
    while (waiting.size > 0) {
      const batch = waiting;
      waiting = new Map();
      await answer(batch, query);
    }
    isBusy = false;
  };

  return (key) =>
    new Promise((resolve, reject) => {
      const asked = waiting.get(key) ?? [];
      if (asked.length === 0 && waiting.size >= waitingMax) return reject(new LookupsFull('too many look-ups wait'));
      asked.push({ resolve, reject });
      waiting.set(key, asked);
      if (isBusy) return;
      isBusy = true;
      setImmediate(() => void flush());
    });
}

async function answer<Value>(
  batch: ReadonlyMap<string, readonly Waiting<Value>[]>,
  query: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): Promise<void> {
  try {
    const found = await query([...batch.keys()]);
    for (const [key, asked] of batch) for (const { resolve } of asked) resolve(found.get(key));
  } catch (error) {
    for (const asked of batch.values()) for (const { reject } of asked) reject(error);
  }
}
