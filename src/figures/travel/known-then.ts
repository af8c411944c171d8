import { sql, type Transaction } from 'kysely';
import type { FairEvent } from '../../../events/catalogue.ts';
import type { GenerationTables } from '../../../projections/generations/tables.ts';
import type { Ground } from './ground.ts';
import { holdsAt, isTimeless } from './holds-at.ts';

/** What nobody could count of a fair's events up to a position. */
export async function parkedThen(
  db: Transaction<GenerationTables>,
  { generation, fair, known }: { readonly generation: number; readonly fair: string; readonly known: number },
) {
  return db
    .selectFrom('parked_events')
    .selectAll()
    .where('generation', '=', generation)
    .where('fair', '=', fair)
    .where('position', '<=', known)
    .execute();
}

/** Of a fair that was closed then, the position of the closing. @param decided in log order, none after what was known */
export function closingThen(decided: readonly FairEvent[]): number | undefined {
  let closed: number | undefined;
  for (const { type, position } of decided) {
    if (type === 'FiguresReopened') closed = undefined;
    if (type === 'FiguresClosed') closed ??= position;
  }
  return closed;
}

type LeftOut = Omit<Ground, 'log' | 'shown'> & {
  readonly generation: number;
  readonly parked: Awaited<ReturnType<typeof parkedThen>>;
};

/** Writes into the scratch tables what the figures left out then. */
export async function writeLeftOut({ db, generation, fair, parked, ...ground }: LeftOut): Promise<void> {
  if (parked.length > 0) await db.insertInto('parked_events').values(parked).execute();
  await sql`
    insert into held_events (generation, fair, position, type)
    select ${generation}, ${fair}, position, type
    from json_to_recordset(${JSON.stringify(heldThen(ground))}) as held(position bigint, type text)`.execute(db);
}

function heldThen({ journal, decided, reach }: Pick<Ground, 'journal' | 'decided' | 'reach'>) {
  const events = new Map(decided.map((event) => [event.position, event]));
  return journal.flatMap((entry) => {
    if (entry.kind !== 'held' || entry.position <= reach.counted) return [];
    const { type, position, at } = entry;
    const event = events.get(position);
    const holds = event ? holdsAt(event, reach.trueAt) : isTimeless(type) || at <= reach.trueAt;
    return holds ? [{ position, type }] : [];
  });
}
