import type { FairSettings, Gate } from '../../events/fair.ts';
import type { GroupDetails } from '../../events/group.ts';
import type { Category } from '../../events/fields.ts';
import type { Actor } from '../../events/envelope.ts';
import { type Page, pagesTable } from '../page-table.ts';
import type { Table } from '../table.ts';

/** Ways in, as the figures show them; a correction is nobody's way in, but is added to visits. */
export type Source = 'pass' | 'poster' | 'group' | 'walk-in' | 'correction';

/** What became of a fact: only a kept one counts in figures. */
export type Standing = 'kept' | 'repeat' | 'voided' | 'unverified' | 'refused';

/** One fact at the gates, as it happened. */
export type GateFact = {
  readonly fair: string;
  readonly kind: 'scan' | 'walk-in' | 'arrival' | 'correction';
  /** The id that the client gave it. */
  readonly id: string;
  /** What is judged together: a pass, a group, or the fact by itself. */
  readonly bearer: string;
  readonly bearer_kind: 'pass' | 'group' | 'itself';
  readonly position: number;
  readonly outcome: 'passed' | 'refused';
  readonly direction: 'in' | 'out';
  readonly site: string;
  readonly gate: string;
  readonly category: Category;
  readonly source: Source;
  readonly trust: 'verified' | 'unverified';
  /** Local day that the figures book it on. */
  readonly day: string;
  readonly occurred_at: number;
  readonly persons: number;
  readonly party_size: number;
  readonly actor: Actor;
  readonly is_late: boolean;
};

/** What a fact counts, beside the others of its bearer. */
export type Judgement = {
  readonly standing: Standing;
  /** Persons that it adds to visits, or to the excluded ones where its category is excluded. */
  readonly visits: number;
  /** The first admission of a pass of a counted category. */
  readonly is_first: boolean;
  readonly is_conflict: boolean;
  /** It counts, on a day that is none of the fair's. */
  readonly is_outside_days: boolean;
};

/** An undo or an acceptance, which may be here before its target. */
export type Mark = {
  fair: string;
  kind: GateFact['kind'];
  target: string;
  id: string;
  effect: 'void' | 'acceptance';
  /** Whose fact alone it is about, as `bearerName` says it; null where the event does not tell. */
  bearer: string | null;
  actor: Actor;
  occurred_at: number;
};

/** What was said of a pass itself; the earliest revocation is the one that matters. */
export type PassNote = {
  fair: string;
  pass: string;
  valid_from: number | null;
  valid_until: number | null;
  revocation: string | null;
  revoked_at: number | null;
};

/** How many visits and unique visitors there are by a conflict that there would not be without it; often none. */
export type Conflict = { fair: string; position: number; visits: number; unique_visitors: number };

export type Group = {
  fair: string;
  group_id: string;
  details: GroupDetails | null;
  /** The school's name, folded, to count each school once. */
  school: string;
  classes: number;
  arrived: number;
};

/** Persons by all that they can be broken down by. `visits` of excluded categories are those not counted as visits. */
export type DaySum = {
  fair: string;
  day: string;
  site: string;
  gate: string;
  category: Category;
  source: Source;
  visits: number;
  entries: number;
  exits: number;
};

/** The site of the rows that add up all sites of a fair. */
export const wholeFair = '';

/** Persons by ten minutes; `minute` counts from local midnight, site '' is the whole fair. */
export type CurveSum = { fair: string; day: string; site: string; minute: number; visits: number; entries: number };

/** Counts of facts and of passes, by fair. */
export type Tally = {
  fair: string;
  unique_visitors: number;
  conflicts: number;
  late: number;
  unverified: number;
  repeat_reads: number;
  outside_days: number;
};

/**
 * Persons inside by the minute of a local day; site '' is the whole fair.
 * `net` has entries less exits within each minute, `inside` the persons inside at its end.
 */
export type InsideDay = { fair: string; day: string; site: string; net: number[]; inside: number[] };

/** The settings that the figures were counted by; later ones than the closing are not among them. */
export type CountingRules = {
  fair: string;
  settings: FairSettings;
  /** Gates that were taken away or moved, as they were; facts still name them. */
  former_gates: readonly Gate[];
};

export type AttendanceTables = {
  gate_pages: Page;
  gate_conflicts: Conflict;
  groups: Group;
  attendance_days: DaySum;
  attendance_curves: CurveSum;
  attendance_tallies: Tally;
  inside_days: InsideDay;
  counting_rules: CountingRules;
};

/** What each fact at the gates counts, and since when. Amounts: persons, visits, flags. */
export const gatePages = pagesTable('gate_pages', { doubles: 0, integers: 3 });

export const conflicts: Table<Conflict> = {
  name: 'gate_conflicts',
  columns: { fair: 'uuid', position: 'bigint', visits: 'int', unique_visitors: 'int' },
  key: ['fair', 'position'],
  emptyWhen: 'visits = 0 and unique_visitors = 0',
};

export const groups: Table<Group> = {
  name: 'groups',
  columns: { fair: 'uuid', group_id: 'uuid', details: 'jsonb null', school: 'text', classes: 'int', arrived: 'int' },
  key: ['fair', 'group_id'],
};

export const daySums: Table<DaySum> = {
  name: 'attendance_days',
  columns: {
    fair: 'uuid',
    day: 'date',
    site: 'text',
    gate: 'text',
    category: 'text',
    source: 'text',
    visits: 'bigint',
    entries: 'bigint',
    exits: 'bigint',
  },
  key: ['fair', 'day', 'site', 'gate', 'category', 'source'],
  measures: ['visits', 'entries', 'exits'],
};

export const curveSums: Table<CurveSum> = {
  name: 'attendance_curves',
  columns: { fair: 'uuid', site: 'text', day: 'date', minute: 'smallint', visits: 'bigint', entries: 'bigint' },
  key: ['fair', 'site', 'day', 'minute'],
  measures: ['visits', 'entries'],
};

export const tallies: Table<Tally> = {
  name: 'attendance_tallies',
  columns: {
    fair: 'uuid',
    unique_visitors: 'bigint',
    conflicts: 'bigint',
    late: 'bigint',
    unverified: 'bigint',
    repeat_reads: 'bigint',
    outside_days: 'bigint',
  },
  key: ['fair'],
  measures: ['unique_visitors', 'conflicts', 'late', 'unverified', 'repeat_reads', 'outside_days'],
};

export const insideDays: Table<InsideDay> = {
  name: 'inside_days',
  columns: { fair: 'uuid', day: 'date', site: 'text', net: 'int[]', inside: 'int[]' },
  key: ['fair', 'day', 'site'],
  emptyWhen: '0 = all(net) and 0 = all(inside)',
};

export const countingRules: Table<CountingRules> = {
  name: 'counting_rules',
  columns: { fair: 'uuid', settings: 'jsonb', former_gates: 'jsonb' },
  key: ['fair'],
};
