import { sql } from 'kysely';
import { attendance } from '../../../projections/attendance/project.ts';
import { gatePages } from '../../../projections/attendance/tables.ts';
import { bookPages } from '../../../projections/books/tables.ts';
import { type PagesTable, type Posting, postingsBackwards } from '../../../projections/page-table.ts';
import type { OtherPostings } from '../facts-behind.ts';
import { foldAgain } from './fold-again.ts';
import { countedThen, type Ground, rulesOf } from './ground.ts';

/**
 * The postings as a look back sees them: those of the generation that is shown as far as it goes, and those of the
 * scratch tables for facts that it counted by itself.
 * @param countedApart log positions of those facts
 */
export const postingsThen = (ground: Ground, countedApart: ReadonlySet<number>): OtherPostings => ({
  gates: () => [
    seenBackwards(ground, gatePages, countedApart),
    postingsBackwards(ground.db, { name: sql.ref(gatePages.name), postings: gatePages.postings }, ground.fair),
  ],
  books: () => seenBackwards(ground, bookPages, noFacts),
  judge: (positions) => judgeAgain(ground, positions),
});

const noFacts: ReadonlySet<number> = new Set();

async function* seenBackwards(
  { db, shown, fair, reach }: Ground,
  { name, postings: shape }: PagesTable,
  countedApart: ReadonlySet<number>,
): AsyncGenerator<Posting[]> {
  const isSeen = ({ cause, fact, at }: Posting): boolean =>
    cause <= reach.counted && at <= reach.trueAt && !countedApart.has(fact);
  for await (const postings of postingsBackwards(db, { name: shown(name), postings: shape }, fair)) {
    const seen = postings.filter(isSeen);
    if (seen.length > 0) yield seen;
  }
}

/** Puts into the scratch tables what these conflicts add; the sums there are spoilt by it. */
async function judgeAgain(ground: Ground, positions: readonly number[]): Promise<void> {
  const facts = await ground.log.at(positions);
  const events = await ground.log.inStreams([...new Set(facts.map(({ stream }) => stream))]);
  const judged = [...rulesOf(ground), ...events].sort((a, b) => a.position - b.position);
  await foldAgain(ground.db, attendance, countedThen(ground, attendance.name, judged));
}
