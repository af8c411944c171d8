import { countedCategories } from '../../events/fields.ts';
import type { FairSettings } from '../../events/fair.ts';
import { countingSettings } from '../../projections/attendance/queries/facts.ts';
import { curve, groupTotals, inside, persons, tally } from '../../projections/attendance/queries/totals.ts';
import { bestSellers, catalogues, lowStatements, stock, takings } from '../../projections/books/queries/totals.ts';
import { boothsOccupied, organisations } from '../../projections/exhibitors/queries.ts';
import { type FairNow, fairNow } from '../../projections/fairs/queries.ts';
import { leftOut } from '../../projections/generations/queries.ts';
import { localDay, minuteOfDay, minuteOfTime } from '../domain/local-time.ts';
import type { Snapshot } from './snapshot.ts';

/** Everything that a figures document is made from, as of one position and one moment. */
export type Collected = Awaited<ReturnType<typeof collectFair>>;

/**
 * @param now in ms since 1970; the moment of the closing stands for it once the figures are final
 * @param trueAt the moment that is looked back at, if any: no later one stands for it
 * @returns undefined for a fair that does not exist
 */
export async function collect(
  snapshot: Snapshot,
  fair: string,
  now: number,
  trueAt = Infinity,
): Promise<Collected | undefined> {
  const known = await fairNow(snapshot.fairs, fair);
  return known && collectFair(snapshot, known, Math.min(known.closing?.at ?? now, trueAt));
}

export const bestSellersMax = 10;

async function collectFair(snapshot: Snapshot, known: FairNow, asOf: number) {
  const { fair } = known;
  // Settings as they were when the figures were closed; the fair itself may have been renamed since.
  const counting = (await countingSettings(snapshot.attendance, fair)) ?? known.settings;
  return {
    fair: known,
    position: snapshot.position,
    asOf,
    counting,
    leftOut: await leftOut(snapshot.generations, { generation: snapshot.generation, fair }),
    ...(await collectAttendance(snapshot, fair, { asOf, counting })),
    ...(await collectBooks(snapshot, fair)),
    organisations: await organisations(snapshot.exhibitors, fair),
    booths: await boothsOccupied(snapshot.exhibitors, fair),
  };
}

const collectAttendance = async (
  { attendance }: Snapshot,
  fair: string,
  { asOf, counting }: { readonly asOf: number; readonly counting: FairSettings },
) => ({
  persons: await persons(attendance, fair, countedCategories),
  curve: await curve(attendance, fair),
  tally: await tally(attendance, fair),
  groups: await groupTotals(attendance, fair),
  inside: await inside(attendance, fair, {
    day: localDay(asOf),
    minute: minuteOfDay(asOf),
    closes: minuteOfTime(counting.closes),
  }),
});

const collectBooks = async ({ books }: Snapshot, fair: string) => ({
  catalogues: await catalogues(books, fair),
  stock: await stock(books, fair),
  takings: await takings(books, fair),
  lowStatements: await lowStatements(books, fair),
  bestSellers: await bestSellers(books, fair, { limit: bestSellersMax }),
});
