import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTable, prepareForQueries, select, type Table, upsert } from '../../projections/table.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

type Note = { readonly id: number; readonly text: string; readonly times: number };

const notes: Table<Note> = {
  name: 'notes',
  columns: { id: 'int', text: 'text', times: 'int' },
  key: ['id'],
  measures: ['times'],
  indexes: ['(times)'],
};

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('rows are written however large they are, and added to when they come again', async () => {
  await database.db.transaction().execute(async (transaction) => {
    await sql`create schema notebook`.execute(transaction);
    await sql`set local search_path = notebook`.execute(transaction);
    await createTable(transaction, notes);
    await prepareForQueries(transaction, notes);
    await prepareForQueries(transaction, notes);
    const rows = Array.from({ length: 7 }, (_, id) => ({ id, text: `${id}`.repeat(1_500_000), times: 1 }));
    await upsert(transaction, notes, rows);
    await upsert(transaction, notes, rows);
    const found = await select(transaction, notes, ['id'], rows);
    expect(found.toSorted((a, b) => a.id - b.id)).toEqual(rows.map((row) => ({ ...row, times: 2 })));
  });
});
