import { type QueryExecutorProvider, sql } from 'kysely';
import { insideOf } from '../../../projections/attendance/inside.ts';
import { type InsideDay, insideDays, wholeFair } from '../../../projections/attendance/tables.ts';
import { upsert } from '../../../projections/table.ts';
import { minutesPerDay } from '../../domain/local-time.ts';
import type { GateSums } from './gate-sums.ts';

type Day = Pick<InsideDay, 'day' | 'site' | 'net'>;

/** Draws who was inside at the end of each minute, by site and for the whole fair, with what is in the table already. */
export async function writeInside(db: QueryExecutorProvider, fair: string, sites: GateSums['sites']): Promise<void> {
  const { rows: there } = await sql<Day>`
    select day, site, net from inside_days where fair = ${fair} and site <> ${wholeFair}`.execute(db);
  const moved = [...sites].flatMap(([site, days]) => [...days].map(([day, { net }]) => ({ day, site, net: [...net] })));
  const drawn = addedUp([...there, ...moved]).map((day) => ({ ...day, inside: insideOf(day.net) }));
  const rows = [...Map.groupBy(drawn, ({ day }) => day)].flatMap(([day, ofDay]) => [
    ...ofDay,
    { day, site: wholeFair, net: total(ofDay.map(({ net }) => net)), inside: total(ofDay.map(({ inside }) => inside)) },
  ]);
  await upsert(
    db,
    insideDays,
    rows.map((row) => ({ fair, ...row })),
  );
}

function addedUp(days: readonly Day[]): Day[] {
  const places = Map.groupBy(days, ({ day, site }) => `${day} ${site}`);
  return [...places.values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ day: first.day, site: first.site, net: total(same.map(({ net }) => net)) }] : [];
  });
}

const total = (curves: readonly (readonly number[])[]): number[] =>
  Array.from({ length: minutesPerDay }, (_, minute) => curves.reduce((sum, curve) => sum + (curve[minute] ?? 0), 0));
