import { afterAll, beforeAll, expect, test } from 'vitest';
import { CatalogueLine } from '../../../events/catalogue-upload.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { figuresNow } from '../../support/figures.ts';
import { happening } from '../../support/history/happening.ts';
import { logOf, sampleHistory } from '../../support/history/history.ts';
import { named } from '../../support/history/names.ts';
import { project } from '../../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const gtin = '9786040000019';
const about = { exhibitor: named('exhibitor', 0), upload: named('upload', 1) };
const chunk = (number: number, names: readonly string[]) =>
  happening(number, 'CatalogueChunkUploaded', {
    ...about,
    chunk: number,
    lines: names.map((name, index) => CatalogueLine.parse({ line: number * 10 + index, gtin, name, copies: 10 })),
  });
const parts = [
  chunk(1, ['Số đỏ (tái bản)', 'Số đỏ']),
  chunk(2, ['Số đỏ, bìa cứng', 'Số đỏ, bìa mềm']),
  happening(3, 'CatalogueUploaded', { ...about, chunks: 2, lines: 4, copies: 40 }),
];
const sale = happening(4, 'SaleRecorded', {
  sale: named('fact', 4),
  exhibitor: about.exhibitor,
  lines: [{ gtin, code: null, name: 'so do', copies: 2, paid: 100_000 }],
  payment: 'cash',
});

test.each([
  [0, 1, 2],
  [1, 0, 2],
  [2, 1, 0],
])('a title named twice in one upload has the later name, delivered as %i, %i, %i', async (...order) => {
  const uploaded = order.flatMap((index) => parts[index] ?? []);
  const log = logOf([...sampleHistory({ seed: 5, factsMin: 0 }).slice(0, 1), sale, ...uploaded]);
  for (const batchMax of [1, 1000]) {
    await project(database, log, { batchMax, memory: batchMax === 1 ? 'dropped' : 'kept' });
    const { bestSellers } = await figuresNow(database, now);
    expect(bestSellers).toMatchObject([{ name: 'Số đỏ, bìa mềm', copies: 2 }]);
  }
});
