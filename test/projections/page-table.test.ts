import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latestFacts, pagesTable, type Posting, postingsBackwards } from '../../projections/page-table.ts';
import { PageWriter } from '../../projections/pages.ts';
import { createTable } from '../../projections/table.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { idOf } from '../support/facts.ts';

const table = pagesTable('some_pages', { doubles: 1, integers: 1 });
const fairs = [idOf(1), idOf(2)] as const;

let database: FreshDatabase;
beforeAll(async () => {
  // One connection, so that its search path holds for all that follows.
  database = await freshDatabase({ poolSizeMax: 1 });
  await database.pool.query('create schema shelves; set search_path = shelves');
  await createTable(projectorDatabase(database.pool), table);
});
afterAll(() => database.drop());

const posting = (cause: number, about: Partial<Posting> = {}): Posting => ({
  cause,
  fact: cause,
  at: cause * 1000 + 0.5,
  sign: 1,
  kind: `kind ${cause % 40}`,
  amounts: [cause * 2 ** 40, cause % 7],
  ...about,
});

const read = async (fair: string): Promise<Posting[]> => {
  const found: Posting[] = [];
  for await (const page of postingsBackwards(projectorDatabase(database.pool), table, fair)) found.push(...page);
  return found;
};

describe('pages of postings', () => {
  it('hold what was posted, in order, whoever wrote the page before', async () => {
    const db = projectorDatabase(database.pool);
    const all = Array.from({ length: 2500 }, (_, index) => posting(index + 1));
    let writer = new PageWriter(table, { tables: 'empty' });
    for (const [index, each] of all.entries()) {
      writer.add(fairs[index % 2 === 0 ? 0 : 1], each);
      if (index % 700 !== 699) continue;
      await writer.save(db);
      writer = new PageWriter(table, { tables: 'filled' });
      await writer.load(db, fairs);
    }
    await writer.save(db);
    expect(await read(fairs[0])).toEqual(all.filter((_, index) => index % 2 === 0).toReversed());
    expect(await read(fairs[1])).toEqual(all.filter((_, index) => index % 2 === 1).toReversed());
    expect(await read(idOf(3))).toEqual([]);
  });

  it('of very many fairs are not all kept in memory', async () => {
    const db = projectorDatabase(database.pool);
    const writer = new PageWriter(table, { tables: 'empty' });
    const many = Array.from({ length: 300 }, (_, index) => idOf(1000 + index));
    for (const cause of [1, 2, 3]) {
      await writer.load(db, many);
      for (const fair of many) writer.add(fair, posting(cause));
      await writer.save(db);
    }
    const { rows } = await database.pool.query(`select count(*)::int as pages from some_pages where page = 0`);
    expect(rows).toEqual([{ pages: 302 }]);
    expect((await read(idOf(1299))).map(({ cause }) => cause)).toEqual([3, 2, 1]);
  });
});

async function* inPages(postings: readonly Posting[], size: number): AsyncGenerator<Posting[]> {
  for (let to = postings.length; to > 0; to -= size) yield postings.slice(Math.max(0, to - size), to).toReversed();
}

describe('the latest facts', () => {
  it('are those that count now, however often what they count was changed', async () => {
    const step = fc.record({ fact: fc.nat({ max: 30 }), amount: fc.nat({ max: 3 }) });
    const query = fc.record({
      steps: fc.array(step, { maxLength: 80 }),
      before: fc.nat({ max: 80 }),
      limit: fc.integer({ min: 1, max: 9 }),
      size: fc.integer({ min: 1, max: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(query, async ({ steps, before, limit, size }) => {
        const now = new Map<number, Posting>();
        const postings: Posting[] = [];
        for (const [index, { fact, amount }] of steps.entries()) {
          // A fact is posted first by itself, later by others; amount 0 takes it away.
          const old = now.get(fact);
          const number = old?.fact ?? index;
          const cause = index;
          if (old) postings.push({ ...old, cause, sign: -1 });
          now.delete(fact);
          if (amount === 0) continue;
          const fresh = posting(cause, { fact: number, amounts: [amount, 0] });
          now.set(fact, fresh);
          postings.push(fresh);
        }
        const isWanted = ({ fact, amounts: [amount] }: Posting) => fact < before && amount === 2;
        const expected = [...now.values()].filter(isWanted).sort((a, b) => b.fact - a.fact);
        expect(await latestFacts(inPages(postings, size), isWanted, limit)).toEqual(expected.slice(0, limit));
      }),
    );
  });
});
