import { sql, type Transaction } from 'kysely';
import { attendance } from '../../../projections/attendance/project.ts';
import { bookDays, catalogueSums, exhibitorBooks, titles } from '../../../projections/books/tables.ts';
import { exhibitors } from '../../../projections/exhibitors/project.ts';
import { fairs } from '../../../projections/fairs/project.ts';
import type { GenerationTables } from '../../../projections/generations/tables.ts';
import { schemaOf } from '../../../projections/generations/tables.ts';
import { createTable } from '../../../projections/table.ts';
import type { FiguresDatabase } from '../snapshot.ts';

/** Those that a look back fills; whatever else is read is the one of the generation that is shown. */
const tables = [
  ...fairs.tables,
  ...attendance.tables,
  ...exhibitors.tables,
  bookDays,
  exhibitorBooks,
  titles,
  catalogueSums,
];

/** What a closing held back, and what could not be counted, are rows of all generations together. */
const leftOut = ['parked_events', 'held_events'];

/**
 * Does something on empty tables with the names of a generation's, in front of them and gone afterwards: nothing of it
 * is ever written, and nobody else sees it. All is read on one snapshot.
 */
export async function onScratchTables<Answer>(
  db: FiguresDatabase,
  act: (transaction: Transaction<GenerationTables>) => Promise<Answer>,
): Promise<Answer> {
  const transaction = await db.startTransaction().setIsolationLevel('repeatable read').execute();
  try {
    return await act(transaction);
  } finally {
    await transaction.rollback().execute();
  }
}

/** Makes the tables, and unqualified names theirs; what has none of its own is the generation's. */
export async function makeScratchTables(transaction: Transaction<GenerationTables>, generation: number): Promise<void> {
  const path = `pg_temp, ${schemaOf(generation)}, public`;
  await sql`select set_config('search_path', ${path}, true)`.execute(transaction);
  for (const table of tables) await createTable(transaction, table);
  for (const name of leftOut) await sql.raw(`create temp table ${name} (like public.${name})`).execute(transaction);
}
