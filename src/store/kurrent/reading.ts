import type { StoredEvent } from '../../../events/envelope.ts';
import { type LoadRequest, StoreUnreachable } from '../event-store.ts';
import { patiently } from '../postgres/patience.ts';
import type { Written } from './envelope.ts';
import { failureKind } from './failure.ts';
import type { KurrentConnection } from './connection.ts';
import type { Follower } from './follower.ts';
import type { Place, Register } from './register.ts';

export type ReadParts = {
  readonly connection: Pick<KurrentConnection, 'load' | 'range'>;
  readonly follower: Pick<Follower, 'await'>;
  readonly register: Pick<Register, 'ofIds'>;
  readonly patienceSeconds: number;
};

/** KurrentDB does not hold what was in the log before: it is another server, or one that was restored to an earlier day. */
export class LogLost extends Error {
  override readonly name = 'LogLost';
}

/** @throws LogLost where the event that the database knows as the last one is not there */
export async function checkHolds(
  last: Place,
  { connection, patienceSeconds }: Pick<ReadParts, 'connection' | 'patienceSeconds'>,
): Promise<void> {
  const request = { afterVersion: last.version - 1, limit: 1 };
  const [event] = await patiently(patienceSeconds, () => connection.load(last.stream, request), isAway);
  if (event?.id !== last.id || event.commit !== last.commit)
    throw new LogLost(`event ${last.position} of the log is in the database, and is not in this KurrentDB`);
}

/** The events of each stream after a version, with position and time as they are registered. */
export async function loadStreams(parts: ReadParts, requests: readonly LoadRequest[]): Promise<StoredEvent[][]> {
  const { connection, patienceSeconds } = parts;
  const streams = await inParallel(requests, ({ stream, afterVersion }) =>
    patiently(patienceSeconds, () => connection.load(stream, { afterVersion }), isAway),
  );
  const places = await placesOf(
    parts,
    streams.flat().map(({ id }) => id),
  );
  return streams.map((events) => events.flatMap((event) => stored(event, places.get(event.id))));
}

/** The events at these places, in the order of the log: a few one by one, more in one go. */
export async function eventsAt(parts: ReadParts, places: readonly Place[]): Promise<StoredEvent[]> {
  const { connection, patienceSeconds } = parts;
  const single = ({ stream, version }: Place) => {
    const request = { afterVersion: version - 1, limit: 1 };
    return patiently(patienceSeconds, () => connection.load(stream, request), isAway);
  };
  const written = await inParallel(places, single);
  return inOrder(written.flat(), places);
}

/** The events of places that follow each other in the log. */
export async function eventsBetween(parts: ReadParts, places: readonly Place[]): Promise<StoredEvent[]> {
  const [first, ...rest] = places;
  const last = rest.at(-1);
  if (!first || !last || places.length <= singlesMax) return eventsAt(parts, places);
  const { connection, patienceSeconds } = parts;
  const [start, others] = await Promise.all([
    eventsAt(parts, [first]),
    patiently(patienceSeconds, () => connection.range(first.commit, last.commit), isAway),
  ]);
  return [...start, ...inOrder(others, rest)];
}

/** @throws StoreUnreachable where an event that is registered is not to be had */
function inOrder(written: readonly Written[], places: readonly Place[]): StoredEvent[] {
  const byCommit = new Map(written.map((event) => [event.commit, event]));
  return places.map((place) => {
    const event = byCommit.get(place.commit);
    const [found] = event ? stored(event, place) : [];
    if (!found) throw new StoreUnreachable(1, new Error(`event ${place.position} is not in KurrentDB`));
    return found;
  });
}

/** Places by id, once all of them are registered. */
async function placesOf(parts: ReadParts, ids: readonly string[]): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  const look = async (missing: readonly string[]) => {
    for (const place of await parts.register.ofIds(missing)) places.set(place.id, place);
  };
  if (ids.length > 0) await look(ids);
  const missing = ids.filter((id) => !places.has(id));
  if (missing.length === 0) return places;
  const awaited = missing.map((id) => parts.follower.await(id));
  try {
    const until = performance.now() + parts.patienceSeconds * 1000;
    for (;;) {
      // One that was registered between two looks has gone by; or it came back by another node, after a restored backup.
      await look(missing.filter((id) => !places.has(id)));
      const still = awaited.filter((_, at) => !places.has(missing[at] ?? ''));
      if (still.length === 0) return places;
      const leftMs = until - performance.now();
      if (leftMs <= 0) throw new StoreUnreachable(1, new Error('what was written does not come by in the log'));
      await within(Math.min(leftMs, lookEveryMs), Promise.all(still.map(({ passed }) => passed)));
    }
  } finally {
    for (const { forget } of awaited) forget();
  }
}

/** Waits no longer than so. */
async function within(ms: number, wait: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([wait, late]).finally(() => clearTimeout(timer));
}

/** A copy under an id that another event had first is not in the log. */
const stored = (event: Written, place: Place | undefined): StoredEvent[] => {
  if (!place || place.stream !== event.stream || place.version !== event.version) return [];
  const { id, type, schema, data, meta, occurredAt, stream, version } = event;
  const { position, recordedAt } = place;
  return [{ id, type, schema, data, meta, occurredAt, stream, version, position, recordedAt }];
};

/** So many calls at once; the server takes 100 on one connection. */
const callsMax = 64;

async function inParallel<Item, Result>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [at, item] of queue) results[at] = await ask(item);
  };
  await Promise.all(Array.from({ length: Math.min(callsMax, items.length) }, work));
  return results;
}

const isAway = (error: unknown): boolean => failureKind(error) === 'away';

const lookEveryMs = 1000;

/** Up to so many events one question each costs less than a subscription. */
const singlesMax = 8;
