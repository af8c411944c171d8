import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import type { AttendanceTables } from '../../projections/attendance/tables.ts';
import type { BooksTables } from '../../projections/books/tables.ts';
import type { DeskTables } from '../../projections/desk/tables.ts';
import type { ExhibitorsTables } from '../../projections/exhibitors/tables.ts';
import type { FairsTables } from '../../projections/fairs/tables.ts';
import { currentGeneration, useGeneration } from '../../projections/generations/queries.ts';
import type { GenerationTables } from '../../projections/generations/tables.ts';

/** The application's connections, seen by those who read figures. */
export type FiguresDatabase = Kysely<GenerationTables>;

/** Uses the pool's connections and types; whoever made the pool closes it. */
export const figuresDatabase = (pool: PostgresPool): FiguresDatabase =>
  new Kysely({ dialect: new PostgresDialect({ pool }) });

/** All projections as they stand at one position. */
export type Snapshot = {
  readonly generation: number;
  /** The last log position whose facts are in. */
  readonly position: number;
  readonly generations: Kysely<GenerationTables>;
  readonly fairs: Kysely<FairsTables>;
  readonly attendance: Kysely<AttendanceTables>;
  readonly exhibitors: Kysely<ExhibitorsTables>;
  readonly books: Kysely<BooksTables>;
  readonly desk: Kysely<DeskTables>;
};

/** A generation as it stands in a transaction. */
export type Standing = Pick<Snapshot, 'generation' | 'position'> & { readonly db: Kysely<GenerationTables> };

/**
 * Reads as many tables as it takes on one snapshot of the database.
 * @returns undefined while no projection of this version has ever run
 */
export const readSnapshot = <Answer>(
  db: FiguresDatabase,
  read: (snapshot: Snapshot) => Promise<Answer>,
): Promise<Answer | undefined> => onStandingTables(() => readOnce(db, read));

/** Reads the tables of the current generation, which may be another one when it is over. */
export async function onStandingTables<Answer>(read: () => Promise<Answer>): Promise<Answer> {
  try {
    return await read();
  } catch (error) {
    // A generation that was replaced is dropped a minute later; whoever is slower than that reads the new one.
    if (!isMissingTable(error)) throw error;
    return read();
  }
}

const readOnce = <Answer>(
  db: FiguresDatabase,
  read: (snapshot: Snapshot) => Promise<Answer>,
): Promise<Answer | undefined> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (transaction) => {
      const current = await currentGeneration(transaction);
      return current && read(await snapshotOf({ ...current, db: transaction }));
    });

/** All projections of one generation, on a transaction of which their names become the names. */
export async function snapshotOf(standing: Standing): Promise<Snapshot> {
  await useGeneration(standing.db, standing.generation);
  return snapshotIn(standing);
}

/** What is named as the tables of the projections are, whatever that is on this transaction. */
export function snapshotIn({ db, generation, position }: Standing): Snapshot {
  const all = db.$extendTables<AttendanceTables & BooksTables & DeskTables & ExhibitorsTables & FairsTables>();
  return {
    generation,
    position,
    generations: db,
    fairs: all.$pickTables<keyof FairsTables>(),
    attendance: all.$pickTables<keyof AttendanceTables>(),
    exhibitors: all.$pickTables<keyof ExhibitorsTables>(),
    books: all.$pickTables<keyof BooksTables>(),
    desk: all.$pickTables<keyof DeskTables>(),
  };
}

const isMissingTable = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && (error.code === '42P01' || error.code === '3F000');
