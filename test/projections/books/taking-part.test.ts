import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CatalogueLine } from '../../../events/catalogue-upload.ts';
import { toFairEvent } from '../../../events/catalogue.ts';
import { recount } from '../../recount/recount.ts';
import { form } from '../../support/application-facts.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { figuresNow } from '../../support/figures.ts';
import { happening } from '../../support/history/happening.ts';
import { type Happening, logOf, sampleHistory } from '../../support/history/history.ts';
import { named } from '../../support/history/names.ts';
import { project } from '../../support/projected.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const application = named('exhibitor', 9);

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const review = (number: number) => ({ application, review: named('other', number) });
const step = (number: number) => ({ application, step: named('other', number) });
const submitted = happening(1, 'ApplicationSubmitted', { application, form, representative: null });
const waitlisted = happening(2, 'ApplicationWaitlisted', review(2));
const approved = happening(3, 'ApplicationApproved', review(3));
const absent = happening(4, 'ExhibitorAbsent', step(4));
const approvedAgain = happening(5, 'ApplicationApproved', review(5));

/** One chunk and its closing fact: two titles. */
function uploaded(number: number, copies: number): readonly Happening[] {
  const about = { exhibitor: application, upload: named('upload', number) };
  const lines = ['Số đỏ', 'Dế Mèn phiêu lưu ký'].map((name, index) =>
    CatalogueLine.parse({ line: index + 1, name, copies: copies / 2 }),
  );
  return [
    happening(number, 'CatalogueChunkUploaded', { ...about, chunk: 1, lines }),
    happening(number + 1, 'CatalogueUploaded', { ...about, chunks: 1, lines: 2, copies }),
  ];
}
const first = uploaded(10, 1_600_000);
const second = uploaded(20, 800);

const none = { 'copies-declared': 0, titles: 0, 'catalogue-lines': 0, 'organisations-registered': 0 };
const declared = (copies: number) => ({
  'copies-declared': copies,
  titles: 2,
  'catalogue-lines': 2,
  'organisations-registered': 1,
});

describe.each([1, 2, 1000])('a catalogue, in batches of %i', (batchMax) => {
  test.each([
    ['of who waits for a review is not declared', [submitted, ...first], none],
    ['of who is on the waiting list is not declared', [submitted, waitlisted, ...first], none],
    ['counts from the approval on', [submitted, waitlisted, ...first, approved], declared(1_600_000)],
    ['that comes after the approval counts', [submitted, approved, ...first], declared(1_600_000)],
    ['of before the approval is replaced by the later one', [submitted, ...second, ...first, approved], declared(800)],
    [
      'of before its exhibitor’s approval is no more than the later one',
      [...first, submitted, approved, ...second],
      declared(800),
    ],
    [
      'is declared again by who was absent by mistake',
      [submitted, ...first, approved, absent, approvedAgain],
      declared(1_600_000),
    ],
    [
      'of who is absent is not declared',
      [submitted, approved, ...first, absent],
      { ...none, 'organisations-registered': 1 },
    ],
  ])('%s', async (_, facts, expected) => {
    const log = logOf([...sampleHistory({ seed: 5, factsMin: 0 }).slice(0, 1), ...facts]);
    await project(database, log, { batchMax, memory: batchMax === 2 ? 'dropped' : 'kept' });
    const { figures } = await figuresNow(database, now);
    const values = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
    expect(values).toMatchObject(expected);
    expect(values).toMatchObject(recount(log.map(toFairEvent)));
  });
});
