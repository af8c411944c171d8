import type { FairEvent } from '../../../events/catalogue.ts';
import type { FairSettings } from '../../../events/fair.ts';
import { foldedName } from '../../../projections/attendance/groups.ts';
import { attendance } from '../../../projections/attendance/project.ts';
import { countingSettings } from '../../../projections/attendance/queries/facts.ts';
import { type AttendanceTables, gatePages, type Group, groups } from '../../../projections/attendance/tables.ts';
import { postedColumns } from '../../../projections/posted-columns.ts';
import { upsert } from '../../../projections/table.ts';
import { foldAgain } from './fold-again.ts';
import { writeGateSums } from './gate-rows.ts';
import { GateSums } from './gate-sums.ts';
import { countedThen, type Ground } from './ground.ts';
import { takeGrowthBack } from './grown-visits.ts';

/** Fills the tables of who came. */
export async function lookAtGates(ground: Ground): Promise<void> {
  const { db, shown, fair, reach } = ground;
  const crowded = await crowdedEvents(ground);
  const settings = ground.decided.filter(({ type }) => type === 'FairCreated' || type === 'FairRevised');
  const judged = countedThen(ground, attendance.name, inOrder([...settings, ...crowded]));
  await foldAgain(db, attendance, judged);
  const sums = new GateSums(reach, {
    grownSince: reach.trueAt - (await growsForMs(ground)),
    leftOut: new Set(crowded.map(({ position }) => position)),
  });
  const pages = postedColumns(db, { name: shown(gatePages.name), postings: gatePages.postings }, fair);
  for await (const page of pages) sums.add(page);
  await takeGrowthBack(ground, sums, settings);
  await writeGateSums(db, fair, sums);
  await writeGroups(ground, sums.arrived);
}

/**
 * Of streams with so many facts that they are judged once a batch: what they count is posted under the last event of it,
 * which need not be the one by which it was known.
 */
async function crowdedEvents({ log, journal }: Ground): Promise<FairEvent[]> {
  const streams = new Set(journal.flatMap((entry) => (entry.kind === 'crowded' ? [entry.stream] : [])));
  return log.inStreams([...streams]);
}

const inOrder = (events: readonly FairEvent[]): FairEvent[] => [...events].sort((a, b) => a.position - b.position);

const dayMs = 86_400_000;

/** How long after a counted admission another one may raise it, ms: until the rule counts the next. */
async function growsForMs({ db, fair }: Ground): Promise<number> {
  const attendanceTables = db.$extendTables<AttendanceTables>().$pickTables<keyof AttendanceTables>();
  const rules: FairSettings['visitRules'] = (await countingSettings(attendanceTables, fair))?.visitRules ?? [];
  const hours = rules.map(({ rule }) => (rule.kind === 'per-hours' ? rule.hours : 0));
  return Math.max(dayMs, ...hours.map((each) => each * 3_600_000));
}

const arrivedGroups = { ...groups, measures: ['arrived'] as const };

async function writeGroups({ db, fair, journal, reach }: Ground, arrived: GateSums['arrived']): Promise<void> {
  const rows = new Map<string, Group>();
  const rowOf = (group_id: string) =>
    rows.get(group_id) ?? { fair, group_id, details: null, school: '', classes: 0, arrived: 0 };
  for (const entry of journal) {
    if (entry.position > reach.counted) continue;
    if (entry.kind === 'arrival') {
      const row = rowOf(entry.group);
      rows.set(entry.group, { ...row, arrived: row.arrived + (arrived.get(entry.position) ?? 0) });
    }
    if (entry.kind === 'group' && entry.at <= reach.trueAt)
      rows.set(entry.group, { ...rowOf(entry.group), school: foldedName(entry.school), classes: entry.classes });
  }
  await upsert(db, arrivedGroups, [...rows.values()]);
}
