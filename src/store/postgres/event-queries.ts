import type { QueryArrayConfig, QueryArrayResult } from 'pg';
import type { StoredEvent } from '../../../events/envelope.ts';
import type { LoadRequest } from '../event-store.ts';
import { eventColumns, type EventRow, toStoredEvent } from './event-rows.ts';

/** A pool, or a connection: whatever answers a prepared statement. */
export type Asks = {
  query<Row extends unknown[]>(statement: QueryArrayConfig): Promise<QueryArrayResult<Row>>;
};

/** The log after a position, in order. */
export async function readAfter(log: Asks, after: number, limit: number): Promise<StoredEvent[]> {
  const { rows } = await log.query<EventRow>({
    name: 'read-after',
    text: `select ${eventColumns} from events e where e.position > $1 order by e.position limit $2`,
    rowMode: 'array',
    values: [after, limit],
  });
  return rows.map(toStoredEvent);
}

/** The events at these positions, in log order. */
export async function readAt(log: Asks, positions: readonly number[]): Promise<StoredEvent[]> {
  const { rows } = await log.query<EventRow>({
    name: 'read-at',
    text: `select ${eventColumns} from events e where e.position = any($1) order by e.position`,
    rowMode: 'array',
    values: [`{${positions.join(',')}}`],
  });
  return rows.map(toStoredEvent);
}

export async function head(log: Asks): Promise<number> {
  const { rows } = await log.query<[number]>({
    name: 'head',
    text: 'select e.position from events e order by e.position desc limit 1',
    rowMode: 'array',
  });
  return rows[0]?.[0] ?? 0;
}

/**
 * The events of every request, from one statement; each is one walk along the index of streams, unless another asks for
 * the same: all commands of a fair ask for its news.
 */
export async function load(log: Asks, requests: readonly LoadRequest[]): Promise<StoredEvent[][]> {
  const asked = new Map<string, { readonly request: LoadRequest; readonly events: StoredEvent[] }>();
  const answers = requests.map((request) => {
    const name = `${request.afterVersion} ${request.stream}`;
    const found = asked.get(name) ?? { request, events: [] };
    asked.set(name, found);
    return found.events;
  });
  const walks = [...asked.values()];
  const { rows } = await log.query<EventRow>({
    name: 'load',
    text: `select e.*, r.ordinal::int from unnest($1::text[], $2::int[]) with ordinality as r(stream, after, ordinal)
      cross join lateral (
        select ${eventColumns} from events e where e.stream = r.stream and e.version > r.after order by e.version
      ) e`,
    rowMode: 'array',
    values: [walks.map(({ request }) => request.stream), walks.map(({ request }) => request.afterVersion)],
  });
  for (const row of rows) walks[(row[10] ?? 0) - 1]?.events.push(toStoredEvent(row));
  return answers;
}
