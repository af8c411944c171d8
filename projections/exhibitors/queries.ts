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

export const organisations = (db: Kysely<ExhibitorsTables>, fair: string): Promise<Organisations[]> =>
  db
    .selectFrom('applications')
    .select(({ fn }) => [
      'kind',
      'province',
      fn.countAll<number>().filterWhere('approved_position', 'is not', null).as('registered'),
      fn.countAll<number>().filterWhere('status', 'in', present).as('present'),
    ])
    .where('fair', '=', fair)
    .groupBy(['kind', 'province'])
    .orderBy('kind')
    .orderBy('province')
    .execute();

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
  const applications = db.selectFrom('applications').where('fair', '=', fair);
  return {
    'organisations-registered': sql`${applications.select('approved_position as position')}`,
    'organisations-present': sql`${applications.select('taken_over_position as position').where('status', 'in', present)}`,
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
