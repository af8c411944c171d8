import { sql } from 'kysely';
import { exhibitors } from '../../../projections/exhibitors/project.ts';
import { fairs } from '../../../projections/fairs/project.ts';
import { currentGeneration } from '../../../projections/generations/queries.ts';
import { schemaOf } from '../../../projections/generations/tables.ts';
import { journalOf } from '../../../projections/journal/queries/entries.ts';
import { journalPages } from '../../../projections/journal/tables.ts';
import type { EventStore } from '../../store/event-store.ts';
import { type FiguresDatabase, onStandingTables, type Snapshot, snapshotIn } from '../snapshot.ts';
import { FairLog } from './fair-log.ts';
import { foldAgain } from './fold-again.ts';
import { countedThen, type Ground } from './ground.ts';
import { closingThen, parkedThen, writeLeftOut } from './known-then.ts';
import { lookAtBooks } from './look-at-books.ts';
import { lookAtGates } from './look-at-gates.ts';
import type { LookBack } from './reach.ts';
import { postingsThen } from './postings-then.ts';
import type { OtherPostings } from '../facts-behind.ts';
import { makeScratchTables, onScratchTables } from './scratch.ts';

type Past = {
  readonly db: FiguresDatabase;
  /** What the figures are counted from. */
  readonly log: Pick<EventStore, 'readAt' | 'load'>;
};

/** The tables as they were; the postings behind them are not in those. */
export type Then = Snapshot & { readonly postings: OtherPostings };

/**
 * Reads the tables behind the figures of one fair as they would be, had the log ended at one moment, and had nothing
 * happened after another one. What is counted by the thousands is added up from its postings, what is rare is folded again.
 * @returns undefined while no projection of this version has ever run
 */
export const lookBack = <Answer>(
  { db, log }: Past,
  { fair, trueAt = Infinity, known }: LookBack & { readonly fair: string },
  read: (then: Then) => Promise<Answer>,
): Promise<Answer | undefined> =>
  onStandingTables(() =>
    onScratchTables(db, async (transaction) => {
      const current = await currentGeneration(transaction);
      if (!current) return undefined;
      const { generation, position } = current;
      const standing = { db: transaction, generation, position: Math.min(known ?? position, position) };
      const ground = await groundOf(standing, { log, fair, trueAt });
      const countedApart = await fillTables(ground);
      return read({ ...snapshotIn(standing), postings: postingsThen(ground, countedApart) });
    }),
  );

type Scratch = { readonly db: Ground['db']; readonly generation: number; readonly position: number };
type Asked = { readonly log: Past['log']; readonly fair: string; readonly trueAt: number };

async function groundOf({ db, generation, position: known }: Scratch, { log, fair, trueAt }: Asked): Promise<Ground> {
  const shown = (table: string) => sql.id(schemaOf(generation), table);
  const parked = await parkedThen(db, { generation, fair, known });
  const fairLog = new FairLog(log, parked);
  const journal = (await journalOf(db, shown(journalPages.name), fair)).filter(({ position }) => position <= known);
  const decided = await fairLog.at(journal.flatMap(({ kind, position }) => (kind === 'decided' ? [position] : [])));
  const reach = { known, counted: closingThen(decided) ?? known, trueAt };
  await makeScratchTables(db, generation);
  await writeLeftOut({ db, generation, fair, parked, journal, decided, reach });
  return { db, shown, fair, reach, log: fairLog, journal, decided };
}

async function fillTables(ground: Ground): Promise<ReadonlySet<number>> {
  const { db, log, decided } = ground;
  await foldAgain(db, fairs, log.takenBy(fairs.name, decided));
  await foldAgain(db, exhibitors, countedThen(ground, exhibitors.name, decided));
  const countedApart = await lookAtGates(ground);
  await lookAtBooks(ground);
  return countedApart;
}
