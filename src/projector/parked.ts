import { sql, type Transaction } from 'kysely';
import { type ParkedEvent, parkedIn } from '../../projections/generations/queries.ts';
import type { GenerationTables } from '../../projections/generations/tables.ts';

/** What a rebuild did for the events that could not be counted. */
export type ParkedChange = {
  /** Counted now. */
  readonly wentIn: readonly ParkedEvent[];
  readonly again: readonly ParkedEvent[];
  /** Counted before. */
  readonly newly: readonly ParkedEvent[];
};

/** @param pair two generations at the same position; without `before` everything is new */
export async function parkedChange(
  transaction: Transaction<GenerationTables>,
  { before, after }: { readonly before: number | undefined; readonly after: number },
): Promise<ParkedChange> {
  const old = before === undefined ? [] : await parkedIn(transaction, before);
  const now = await parkedIn(transaction, after);
  const [wasParked, isParked] = [keysOf(old), keysOf(now)];
  return {
    wentIn: old.filter((event) => !isParked.has(keyOf(event))),
    again: now.filter((event) => wasParked.has(keyOf(event))),
    newly: now.filter((event) => !wasParked.has(keyOf(event))),
  };
}

/** What is parked again has been so since the first time. */
export const keepSince = (
  transaction: Transaction<GenerationTables>,
  { before, after }: { readonly before: number; readonly after: number },
) =>
  sql`
    update parked_events again set parked_at = old.parked_at from parked_events old
    where again.generation = ${after} and old.generation = ${before}
      and old.position = again.position and old.projection = again.projection`.execute(transaction);

/** Fairs that count more now than before, and nothing less: what else do their figures differ by? */
export function fairsRepaired({ wentIn, newly }: ParkedChange): ReadonlySet<string> {
  const worse = new Set(newly.map(({ fair }) => fair));
  return new Set(wentIn.map(({ fair }) => fair).filter((fair) => !worse.has(fair)));
}

const keyOf = ({ position, projection }: ParkedEvent): string => `${position} ${projection}`;

const keysOf = (events: readonly ParkedEvent[]): ReadonlySet<string> => new Set(events.map(keyOf));
