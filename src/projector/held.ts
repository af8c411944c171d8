import { sql, type Transaction } from 'kysely';
import type { GenerationTables } from '../../projections/generations/tables.ts';
import type { Held } from './closings.ts';
import type { ProjectorDatabase } from './database.ts';

type Projecting = Transaction<GenerationTables>;

/** The closed fairs of a generation, with the position of the closing. */
export async function readClosings(db: ProjectorDatabase, generation: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('closed_fairs')
    .select(['fair', 'position'])
    .where('generation', '=', generation)
    .execute();
  return new Map(rows.map(({ fair, position }) => [fair, position]));
}

/** Makes the table say what `after` says. */
export async function writeClosings(
  transaction: Projecting,
  generation: number,
  { before, after }: { readonly before: ReadonlyMap<string, number>; readonly after: ReadonlyMap<string, number> },
): Promise<void> {
  const gone = [...before].filter(([fair, position]) => after.get(fair) !== position).map(([fair]) => fair);
  const added = [...after].filter(([fair, position]) => before.get(fair) !== position);
  if (gone.length > 0) {
    await transaction
      .deleteFrom('closed_fairs')
      .where('generation', '=', generation)
      .where('fair', 'in', gone)
      .execute();
  }
  if (added.length > 0) {
    await transaction
      .insertInto('closed_fairs')
      .values(added.map(([fair, position]) => ({ generation, fair, position })))
      .execute();
  }
}

export async function hold(transaction: Projecting, generation: number, held: readonly Held[]): Promise<void> {
  if (held.length === 0) return;
  await sql`
    insert into held_events (generation, fair, position, type)
    select ${generation}, fair, position, type from json_to_recordset(${JSON.stringify(held)}) as held(fair uuid, position bigint, type text)
  `.execute(transaction);
}

/** Takes the next held positions of a fair out of the table, in log order. */
export async function takeHeld(
  transaction: Projecting,
  generation: number,
  { fair, limit }: { readonly fair: string; readonly limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ position: number }>`
    with next as (
      select position from held_events where generation = ${generation} and fair = ${fair} order by position limit ${limit}
    )
    delete from held_events held using next
    where held.generation = ${generation} and held.fair = ${fair} and held.position = next.position
    returning held.position`.execute(transaction);
  return rows.map(({ position }) => position).sort((a, b) => a - b);
}
