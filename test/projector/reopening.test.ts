import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newEvent, toFairEvent } from '../../events/catalogue.ts';
import { recount } from '../recount/recount.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { figuresNow } from '../support/figures.ts';
import { type Happening, logOf, sampleHistory } from '../support/history/history.ts';
import { fair, named } from '../support/history/names.ts';
import { project } from '../support/projected.ts';

const now = Date.parse('2026-04-25T11:45:00+07:00');

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const about = (number: number) => ({
  id: named('other', number),
  occurredAt: Date.parse('2026-04-23T21:00:00+07:00') + number,
  meta: { fair, actor: { role: 'organiser' as const, id: 'org' }, digest: 'a'.repeat(43), correlation: 'test' },
});
const turn = (event: Happening['event']): Happening => ({ stream: `fair-${fair}`, event, recordedAt: now });
const closing = (number: number) => turn(newEvent('FiguresClosed', { closing: named('other', number) }, about(number)));
const reopening = (number: number) =>
  turn(newEvent('FiguresReopened', { reopening: named('other', number), reason: 'bổ sung' }, about(number)));

/** Closed as soon as the fair is there, so that a third of the facts waits for the first reopening. */
function turned([created, ...facts]: readonly Happening[]): Happening[] {
  const third = Math.floor(facts.length / 3);
  const [held, passing, after] = [facts.slice(0, third), facts.slice(third, 2 * third), facts.slice(2 * third)];
  const all = [created, closing(1), ...held, reopening(2), ...passing, closing(3), reopening(4), ...after, closing(5)];
  return all.filter((happening) => happening !== undefined);
}

describe('figures that were closed and reopened', () => {
  // One exhibitor's application, each step of which follows from the one before.
  const application = `application-${named('exhibitor', 0)}`;
  const history = sampleHistory({ seed: 1, factsMin: 0 });
  const log = logOf(turned(history.filter(({ stream }, index) => index === 0 || stream === application)));

  test(`are the same in batches of any size up to all ${log.length} facts`, { timeout: 60_000 }, async () => {
    const expected = recount(log.map(toFairEvent));
    for (const [index] of log.entries()) {
      const batchMax = index + 1;
      await project(database, log, { batchMax });
      const { figures } = await figuresNow(database, now);
      const values = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
      expect({ batchMax, ...values }).toMatchObject({ batchMax, ...expected });
    }
  });
});
