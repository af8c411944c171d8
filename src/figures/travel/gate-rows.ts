import type { QueryExecutorProvider } from 'kysely';
import { z } from 'zod';
import { Category } from '../../../events/fields.ts';
import {
  type CurveSum,
  curveSums,
  type DaySum,
  daySums,
  tallies,
  wholeFair,
} from '../../../projections/attendance/tables.ts';
import { upsert } from '../../../projections/table.ts';
import type { DayMoves, GateSums, KindSum } from './gate-sums.ts';
import { writeInside } from './inside-rows.ts';

/** Adds what was added up at the gates to the tables that figures are read from. */
export async function writeGateSums(db: QueryExecutorProvider, fair: string, sums: GateSums): Promise<void> {
  const { kinds, sites, tallied } = sums;
  await upsert(db, daySums, dayRows(fair, kinds.values()));
  await upsert(db, curveSums, curveRows(fair, sites));
  await writeInside(db, fair, sites);
  const tally = {
    fair,
    unique_visitors: tallied.first,
    conflicts: tallied.conflict,
    late: tallied.late,
    unverified: tallied.unverified,
    repeat_reads: tallied.repeat,
    outside_days: tallied.outsideDays,
  };
  await upsert(db, tallies, [tally]);
}

const Source = z.enum(['pass', 'poster', 'group', 'walk-in', 'correction']);

function dayRows(fair: string, kinds: Iterable<KindSum>): DaySum[] {
  // Of one place there may be several kinds: persons who came in and who went out.
  const rows = new Map<string, DaySum>();
  for (const { gate: kind, days } of kinds) {
    const { site, gate } = kind;
    const [category, source] = [Category.parse(kind.category), Source.parse(kind.source)];
    for (const [day, { visits, entries, exits }] of days) {
      const key = [day, site, gate, category, source].join(' ');
      const before = rows.get(key) ?? { visits: 0, entries: 0, exits: 0 };
      const sum = {
        visits: before.visits + visits,
        entries: before.entries + entries,
        exits: before.exits + exits,
      };
      rows.set(key, { fair, day, site, gate, category, source, ...sum });
    }
  }
  return [...rows.values()];
}

function curveRows(fair: string, sites: GateSums['sites']): CurveSum[] {
  const rows = new Map<string, CurveSum>();
  for (const [site, days] of sites) {
    for (const [day, moves] of days) {
      for (const bucket of bucketsIn(moves)) {
        const [visits, entries] = [moves.visits[bucket] ?? 0, moves.entries[bucket] ?? 0];
        for (const where of [site, wholeFair]) {
          const key = [where, day, bucket].join(' ');
          const before = rows.get(key) ?? { visits: 0, entries: 0 };
          const sum = { visits: before.visits + visits, entries: before.entries + entries };
          rows.set(key, { fair, site: where, day, minute: 10 * bucket, ...sum });
        }
      }
    }
  }
  return [...rows.values()];
}

const bucketsIn = ({ visits, entries }: DayMoves): number[] =>
  [...visits.keys()].filter((bucket) => visits[bucket] !== 0 || entries[bucket] !== 0);
