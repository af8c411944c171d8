import { toFairEvent } from '../../../events/catalogue.ts';
import type { StoredEvent } from '../../../events/envelope.ts';
import { exhibitorDays } from '../../../projections/books/queries/exhibitor-books.ts';
import { figureUnits } from '../../../src/contract/figures.ts';
import { documentIn } from '../../../src/figures/document.ts';
import { factsBehindIn, type OtherPostings } from '../../../src/figures/facts-behind.ts';
import { figuresDatabase, readSnapshot, type Snapshot } from '../../../src/figures/snapshot.ts';
import { holdsAt } from '../../../src/figures/travel/holds-at.ts';
import { lookBack } from '../../../src/figures/travel/look-back.ts';
import { positionAt } from '../../../src/figures/travel/position-at.ts';
import { type FreshDatabase, freshDatabase } from '../../support/database.ts';
import { type Happening, logOf } from '../../support/history/history.ts';
import { days, fair } from '../../support/history/names.ts';
import { logged, project } from '../../support/projected.ts';

/** The log learns of a fact every minute, whenever it happened. */
const began = Date.parse(`${days[0]}T08:00:00+07:00`);
export const recordedAt = (position: number) => began + position * 60_000;

export const logFrom = (history: readonly Happening[]): StoredEvent[] =>
  logOf(history).map((event) => ({ ...event, recordedAt: recordedAt(event.position) }));

/** Moments in ms. */
export type Asked = { readonly trueAt?: number | undefined; readonly knownAt?: number | undefined };

/** All that is told of a moment: the document, the facts behind each figure, and the exhibitors' days. */
async function told(then: Snapshot, { trueAt }: Asked, now: number, postings?: OtherPostings) {
  const document = await documentIn(then, fair, now, trueAt);
  const days = await exhibitorDays(then.books, fair);
  const facts = new Map<string, unknown>();
  const page = { limit: 1000, now: Math.min(now, trueAt ?? now), ...(postings && { postings }) };
  // What conflicts add is put where the other figures were.
  for (const figure of [...Object.keys(figureUnits), ...lists, 'conflicts']) {
    const found = await factsBehindIn(then, fair, figure, page);
    facts.set(figure, { positions: found?.positions, effects: found?.effects });
  }
  return { document: document && { ...document, position: 0 }, position: then.position, days, facts };
}

const lists = ['late', 'unverified', 'repeat-reads', 'outside-days', 'after-closing', 'parked'];

async function lookedBack(shown: FreshDatabase, events: readonly StoredEvent[], asked: Asked, now: number) {
  const { trueAt, knownAt } = asked;
  const log = logged(events);
  const known = knownAt === undefined ? undefined : await positionAt(log, knownAt, events.length);
  return lookBack({ db: figuresDatabase(shown.pool), log }, { fair, trueAt, known }, (then) =>
    told(then, asked, now, then.postings),
  );
}

/** The same by folding what was known and true, and nothing else. */
async function foldedThen(folded: FreshDatabase, log: readonly StoredEvent[], asked: Asked, now: number) {
  const { trueAt = Infinity, knownAt = Infinity } = asked;
  const then = log.filter((event) => event.recordedAt <= knownAt && holdsAt(toFairEvent(event), trueAt));
  await project(folded, then, { batchMax: 1000 });
  return readSnapshot(figuresDatabase(folded.pool), (snapshot) => told(snapshot, asked, now));
}

/** A database whose figures are looked back at, and one in which the past is folded again. */
export async function twoLogs() {
  const [shown, folded] = [await freshDatabase(), await freshDatabase()];
  return {
    shown,
    lookedBack: (...asked: Asking) => lookedBack(shown, ...asked),
    foldedThen: (...asked: Asking) => foldedThen(folded, ...asked),
    drop: async () => {
      await shown.drop();
      await folded.drop();
    },
  };
}

type Asking = readonly [log: readonly StoredEvent[], asked: Asked, now: number];
export type TwoLogs = Awaited<ReturnType<typeof twoLogs>>;
