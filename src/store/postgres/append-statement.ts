import type { QueryArrayConfig } from 'pg';
import type { AppendResult, StreamAt } from '../event-store.ts';
import type { Storable } from '../storable.ts';

/** What `judge_append` (migration 0011-conditions) says of an item that does not fit; `item` counts from 1. */
type Verdict =
  | null
  | {
      readonly stream: string;
      readonly version: number;
      readonly position: number;
      readonly recordedAt: number;
      readonly digest: string;
    }
  | { readonly item: number }
  | { readonly currentVersion: number };

export type AppendRow = [firstPosition: number, recordedAt: number, verdicts: Verdict[] | null];

/** One call of `append_events` for all items; prepared once a connection. */
export function appendStatement(items: readonly Storable[], clock: number | null): QueryArrayConfig {
  const { different, placeOf } = conditionsOf(items);
  return {
    name: 'append-events',
    text: 'select * from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
    rowMode: 'array',
    values: [
      joined(items, (item) => item.stream),
      array(items, (item) => item.expectedVersion),
      array(items, (item) => item.event.id),
      joined(items, (item) => item.event.type),
      array(items, (item) => item.event.schema),
      joined(items, (item) => item.data),
      joined(items, (item) => item.meta),
      array(items, (item) => item.event.occurredAt),
      clock,
      joined(different, ({ stream }) => stream),
      array(different, ({ version }) => version),
      array(items, ({ condition }) => placeOf(condition) ?? 'null'),
    ],
  };
}

/** Events that fit have consecutive positions in the order of their items. */
export function appendResults(
  items: readonly Storable[],
  [firstPosition, recordedAt, verdicts]: AppendRow,
): AppendResult[] {
  let position = firstPosition;
  const results: AppendResult[] = [];
  for (const [index, item] of items.entries()) {
    const verdict = verdicts?.[index] ?? null;
    if (verdict === null) {
      results.push({ outcome: 'appended', position, version: item.expectedVersion + 1, recordedAt });
      position += 1;
    } else if ('currentVersion' in verdict) {
      results.push({ outcome: 'conflict', currentVersion: verdict.currentVersion });
    } else if ('item' in verdict) {
      results.push(duplicateOf(items[verdict.item - 1], results[verdict.item - 1]));
    } else {
      results.push({ outcome: 'duplicate', ...verdict });
    }
  }
  return results;
}

function duplicateOf(original: Storable | undefined, result: AppendResult | undefined): AppendResult {
  if (!original || result?.outcome !== 'appended') throw new Error('the log named an item that it did not append');
  const { version, position, recordedAt } = result;
  return {
    outcome: 'duplicate',
    stream: original.stream,
    version,
    position,
    recordedAt,
    digest: original.event.meta.digest,
  };
}

/** One string is much cheaper to send and to take apart than an array that quotes its elements; see the migration. */
const joined = <Item>(items: readonly Item[], text: (item: Item) => string): string => items.map(text).join('\u001f');

const array = <Item>(items: readonly Item[], value: (item: Item) => string | number): string =>
  `{${items.map(value).join(',')}}`;

/** Each condition once, since most items of a batch have the same; places count from 1. */
function conditionsOf(items: readonly Storable[]) {
  const places = new Map<string, number>();
  const different: StreamAt[] = [];
  const keyOf = ({ stream, version }: StreamAt): string => `${version} ${stream}`;
  for (const { condition } of items) {
    if (condition && !places.has(keyOf(condition))) places.set(keyOf(condition), different.push(condition));
  }
  return { different, placeOf: (condition: StreamAt | undefined) => condition && places.get(keyOf(condition)) };
}
