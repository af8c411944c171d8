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
import { countedThen, type Ground, rulesOf } from './ground.ts';
import { takeGrowthBack } from './grown-visits.ts';

/**
 * Fills the tables of who came.
 * @returns log positions of the facts that it counted apart from their postings
 */
export async function lookAtGates(ground: Ground): Promise<ReadonlySet<number>> {
  const { db, shown, fair, reach } = ground;
  const crowded = await crowdedEvents(ground);
  const judged = countedThen(ground, attendance.name, inOrder([...rulesOf(ground), ...crowded]));
  await foldAgain(db, attendance, judged);
  const leftOut = new Set(crowded.map(({ position }) => position));
  const sums = new GateSums(reach, { grownSince: reach.trueAt - (await growsForMs(ground)), leftOut });
  const pages = postedColumns(db, { name: shown(gatePages.name), postings: gatePages.postings }, fair);
  for await (const page of pages) sums.add(page);
  await takeGrowthBack(ground, sums);
  await writeGateSums(db, fair, sums);
  await writeGroups(ground, sums.arrived);
  return leftOut;
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

type Told = Pick<Group, 'school' | 'classes' | 'arrived'>;

/** Groups that came. What is counted is schools, classes and pupils, so that one row stands for all groups of a school. */
async function writeGroups(ground: Ground, arrived: GateSums['arrived']): Promise<void> {
  const { db, fair } = ground;
  const schools = new Map<string, Group>();
  for (const [group_id, { school, classes, arrived: pupils }] of groupsThen(ground, arrived)) {
    if (pupils <= 0) continue;
    const before = schools.get(school) ?? { fair, group_id, details: null, school, classes: 0, arrived: 0 };
    schools.set(school, { ...before, classes: before.classes + classes, arrived: before.arrived + pupils });
  }
  await upsert(db, groups, [...schools.values()]);
}

function groupsThen({ journal, reach }: Ground, arrived: GateSums['arrived']): ReadonlyMap<string, Told> {
  const told = new Map<string, { -readonly [Field in keyof Told]: Told[Field] }>();
  const folded = new Map<string, string>();
  for (const entry of journal) {
    if (entry.position > reach.counted || (entry.kind !== 'arrival' && entry.kind !== 'group')) continue;
    const group = told.get(entry.group) ?? { school: '', classes: 0, arrived: 0 };
    told.set(entry.group, group);
    if (entry.kind === 'arrival') group.arrived += arrived.get(entry.position) ?? 0;
    else if (entry.at <= reach.trueAt) {
      group.school = folded.get(entry.school) ?? foldedName(entry.school);
      folded.set(entry.school, group.school);
      group.classes = entry.classes;
    }
  }
  return told;
}
