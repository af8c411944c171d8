import { sql } from 'kysely';
import { attendance } from '../../../projections/attendance/project.ts';
import { gatePages } from '../../../projections/attendance/tables.ts';
import { postedColumns } from '../../../projections/posted-columns.ts';
import { foldAgain } from './fold-again.ts';
import type { GateSums } from './gate-sums.ts';
import { countedThen, type Ground, rulesOf } from './ground.ts';

/**
 * A counted admission counts the largest party until the next counted one, so that one at nine may count more by one at
 * ten. What is true at half past nine must not: the few of the last day that have grown are judged again.
 */
export async function takeGrowthBack(ground: Ground, sums: GateSums): Promise<void> {
  const grown = [...sums.grown].filter(([, { times }]) => times > 0);
  if (grown.length === 0) return;
  const { db, log } = ground;
  const facts = await log.at(grown.map(([position]) => position));
  const events = await log.inStreams([...new Set(facts.map(({ stream }) => stream))]);
  const judged = countedThen(ground, attendance.name, [...rulesOf(ground), ...events]);
  await sql`savepoint judged_again`.execute(db);
  await foldAgain(
    db,
    attendance,
    judged.sort((a, b) => a.position - b.position),
  );
  const visits = await visitsPosted(ground);
  await sql`rollback to savepoint judged_again`.execute(db);
  for (const [position, fact] of grown) sums.addVisits(fact, (visits.get(position) ?? 0) - fact.visits);
}

/** What the scratch tables' postings say, by log position. */
async function visitsPosted({ db, fair }: Ground): Promise<ReadonlyMap<number, number>> {
  const visits = new Map<number, number>();
  const pages = postedColumns(db, { name: sql.ref(gatePages.name), postings: gatePages.postings }, fair);
  for await (const { count, fact, signedKind, amounts } of pages) {
    for (let index = 0; index < count; index += 1) {
      const position = fact[index] ?? 0;
      const sign = Math.sign(signedKind[index] ?? 1);
      visits.set(position, (visits.get(position) ?? 0) + sign * (amounts[1]?.[index] ?? 0));
    }
  }
  return visits;
}
