import type { QueryExecutorProvider } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Rows } from '../../projections/rows.ts';
import { Sums } from '../../projections/sums.ts';
import { createTable, prepareForQueries, select, type Table } from '../../projections/table.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

type Book = { shelf: string; code: number; title: string; pages: number[]; note: { loans: number } | null };
type Loan = { shelf: string; loans: number; copies: number };

const books: Table<Book> = {
  name: 'books',
  columns: { shelf: 'text', code: 'bigint', title: 'text', pages: 'int[]', note: 'jsonb null' },
  key: ['shelf', 'code'],
  foldIndexes: ['(title)'],
  indexes: ['(code)'],
};
const loans: Table<Loan> = {
  name: 'loans',
  columns: { shelf: 'text', loans: 'bigint', copies: 'int' },
  key: ['shelf'],
  measures: ['loans', 'copies'],
};

const book = (shelf: string, code: number, title = 'Số đỏ'): Book => ({
  shelf,
  code,
  title,
  pages: [1, code],
  note: { loans: code },
});

let database: FreshDatabase;
let db: QueryExecutorProvider;
beforeAll(async () => {
  // One connection, so that its search path holds for all that follows.
  database = await freshDatabase({ poolSizeMax: 1 });
});
afterAll(() => database.drop());

beforeEach(async () => {
  await database.pool.query('drop schema if exists shelves cascade; create schema shelves; set search_path = shelves');
  db = projectorDatabase(database.pool);
  await createTable(db, books);
  await createTable(db, loans);
});

const stored = async () =>
  (await select(db, books, ['shelf'], [{ shelf: 'A' }, { shelf: 'B' }])).sort((a, b) => a.code - b.code);

describe('rows in memory', () => {
  test('are read by families, changed, and written once', async () => {
    const rows = new Rows(books, ['shelf'], { tables: 'filled' });
    await rows.load(db, [{ shelf: 'A' }, { shelf: 'A' }]);
    expect(rows.family({ shelf: 'A' })).toEqual([]);
    rows.put(book('A', 1, 'Dế Mèn'));
    rows.put(book('A', 2));
    rows.put(book('A', 1, 'Dế Mèn phiêu lưu ký'));
    await rows.save(db);
    expect(await stored()).toEqual([book('A', 1, 'Dế Mèn phiêu lưu ký'), book('A', 2)]);
  });

  test('of a family that was not loaded are an error, not an empty answer', async () => {
    const rows = new Rows(books, ['shelf'], { tables: 'filled' });
    expect(() => rows.family({ shelf: 'A' })).toThrow('books: A was not loaded');
    expect(() => rows.put(book('A', 1))).toThrow('books: A was not loaded');
  });

  test.each(['empty', 'filled'] as const)(
    'are the same whether or not they are still in memory (tables %s)',
    async (tables) => {
      const rows = new Rows(books, ['shelf'], { tables, rowsMax: 1 });
      for (const code of [1, 2, 3]) {
        await rows.load(db, [{ shelf: 'A' }, { shelf: 'B' }]);
        expect(rows.family({ shelf: 'A' })).toHaveLength(code - 1);
        rows.put(book('A', code));
        rows.add(book('B', code));
        await rows.save(db);
      }
      await rows.load(db, [{ shelf: 'B' }]);
      expect(rows.family({ shelf: 'B' })).toEqual([1, 2, 3].map((code) => book('B', code)));
    },
  );

  test('that were added without their family are found when it is asked for', async () => {
    const rows = new Rows(books, ['shelf'], { tables: 'empty' });
    rows.add(book('A', 7));
    await rows.save(db);
    await rows.load(db, [{ shelf: 'A' }]);
    expect(rows.family({ shelf: 'A' })).toEqual([book('A', 7)]);
  });
});

describe('sums', () => {
  test('are added to what is there, each row once a batch; nothing is written for nothing', async () => {
    const sums = new Sums(loans, ['loans', 'copies']);
    sums.add({ shelf: 'A', loans: 1, copies: 2 });
    sums.add({ shelf: 'A', loans: 1, copies: -5 });
    sums.add({ shelf: 'B', loans: 3, copies: 3 });
    sums.add({ shelf: 'B', loans: -3, copies: -3 });
    await sums.save(db);
    await sums.save(db);
    sums.add({ shelf: 'A', loans: 10, copies: 0 });
    await sums.save(db);
    expect(await select(db, loans, ['shelf'], [{ shelf: 'A' }, { shelf: 'B' }])).toEqual([
      { shelf: 'A', loans: 12, copies: -3 },
    ]);
  });
});

describe('tables', () => {
  test('have the indexes of folds from the start, and those of queries when they are prepared', async () => {
    const indexes = async () => {
      const { rows } = await database.pool.query<{ indexdef: string }>(
        `select indexdef from pg_indexes where tablename = 'books'`,
      );
      return rows.map(({ indexdef }) => indexdef.slice(indexdef.indexOf('(')));
    };
    expect((await indexes()).sort()).toEqual(['(shelf, code)', '(title)']);
    await prepareForQueries(db, books);
    expect((await indexes()).sort()).toEqual(['(code)', '(shelf, code)', '(title)']);
  });
});
