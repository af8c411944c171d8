import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ApplicationForm } from '../../events/application.ts';
import type { KnownApplication } from '../../src/domain/application.ts';
import type { ExhibitorsTables } from './tables.ts';

/** An organisation is present from the taking over of its booth on, whatever tidies up after the fair. */
const present: readonly KnownApplication['status'][] = ['present', 'closed', 'settled'];

/** Organisations of one kind and one province: those ever approved, and those present. */
export type Organisations = {
  readonly kind: ApplicationForm['kind'];
  readonly province: string;
  readonly registered: number;
  readonly present: number;
};

export async function organisations(db: Kysely<ExhibitorsTables>, fair: string): Promise<Organisations[]> {
  const { rows } = await sql<Organisations>`
    select kind, province, count(approved_position) as registered,
      count(*) filter (where status = any(${present})) as present
    from (${eachOnce(fair)}) organisations
    group by kind, province order by kind, province`.execute(db);
  return rows;
}

/**
 * The application that speaks for each organisation. One that handed in several is one organisation with several booths:
 * of those where it is present, else of those approved, the first application speaks for it.
 */
const eachOnce = (fair: string) => sql`
  select distinct on (organisation) kind, province, status, approved_position, taken_over_position
  from applications where fair = ${fair}
  order by organisation, status = any(${present}) desc, approved_position is null, application`;

/** Booths that organisations which are present have. */
export async function boothsOccupied(db: Kysely<ExhibitorsTables>, fair: string): Promise<number> {
  const { booths } = await occupied(db, fair)
    .select(({ fn }) => fn.countAll<number>().as('booths'))
    .executeTakeFirstOrThrow();
  return booths;
}

const figures = ['organisations-registered', 'organisations-present', 'booths'] as const;
export type ExhibitorsFigure = (typeof figures)[number];
export const isExhibitorsFigure = (figure: string): figure is ExhibitorsFigure =>
  figures.some((known) => known === figure);

/** Log positions of the facts behind a figure, the latest first. */
export async function exhibitorsPositions(
  db: Kysely<ExhibitorsTables>,
  fair: string,
  page: { readonly figure: ExhibitorsFigure; readonly before: number; readonly limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ position: number }>`
    select position from (${behind(db, fair)[page.figure]}) facts
    where position < ${page.before} order by position desc limit ${page.limit}`.execute(db);
  return rows.map(({ position }) => position);
}

const behind = (db: Kysely<ExhibitorsTables>, fair: string): Record<ExhibitorsFigure, RawBuilder<unknown>> => {
  const once = eachOnce(fair);
  return {
    'organisations-registered': sql`select approved_position as position from (${once}) organisations`,
    'organisations-present': sql`
      select taken_over_position as position from (${once}) organisations where status = any(${present})`,
    booths: sql`${occupied(db, fair).select('assigned_position as position')}`,
  };
};

const occupied = (db: Kysely<ExhibitorsTables>, fair: string) =>
  db
    .selectFrom('booths')
    .innerJoin('applications', (join) =>
      join.onRef('applications.fair', '=', 'booths.fair').onRef('applications.application', '=', 'booths.exhibitor'),
    )
    .where('booths.fair', '=', fair)
    .where('applications.status', 'in', present);
