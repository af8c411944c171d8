import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FairLog } from '../../../../load-tests/bench/projections/log/fair-log.ts';
import type { LogItem } from '../../../../load-tests/bench/projections/log/scribe.ts';
import { checkShown, differences } from '../../../../load-tests/bench/projections/shown-figures.ts';
import { writeLog } from '../../../../load-tests/bench/projections/write-log.ts';
import { projections } from '../../../../projections/index.ts';
import { projectorDatabase } from '../../../../src/projector/database.ts';
import { rebuild } from '../../../../src/projector/rebuild.ts';
import { postgresEventStore } from '../../../../src/store/postgres/postgres-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../../../support/database.ts';

const options = { events: 4000, catalogueLines: 600 };

/** A log and its figures, as the benchmark makes them. */
async function replayed(items: Iterable<LogItem>): Promise<FreshDatabase> {
  const database = await freshDatabase();
  await writeLog(database.ownerUrl, items);
  const store = postgresEventStore(database.appUrl);
  await rebuild({ db: projectorDatabase(database.pool), store, projections, holder: 'bench' });
  await store.close();
  return database;
}

describe('the truth check of the replay', () => {
  let database: FreshDatabase;
  let log: FairLog;
  beforeAll(async () => {
    log = new FairLog(options);
    database = await replayed(log.items());
    return () => database.drop();
  });

  it('finds in the product’s own figures all that was written, however they are counted', async () => {
    expect(await checkShown(database.pool, log)).toBe(Object.keys(log.truth.figures()).length);
  });

  it('has something of everything in the log, but for what nobody does in it', () => {
    const nothing = Object.entries(log.truth.figures()).flatMap(([figure, value]) => (value === 0 ? [figure] : []));
    expect(nothing.toSorted()).toEqual(
      ['afterClosing', 'conflicts', 'inside-now', 'outsideDays', 'parked', 'unverified'].toSorted(),
    );
  });

  it.each(['visits', 'unique-visitors', 'entries', 'pupils', 'repeat-reads', 'displayed', 'titles'])(
    'fails where %s are not what was written',
    async (figure) => {
      log.truth.add(figure, 1);
      onTestFinished(() => log.truth.add(figure, -1));
      await expect(checkShown(database.pool, log)).rejects.toThrow('is not what was written');
    },
  );

  it('fails where an event got lost', async () => {
    const other = new FairLog({ ...options, seed: 'lost' });
    const items = [...other.items()];
    const lost = items.findLastIndex(({ event }) => event.type === 'WalkInsCounted');
    const database = await replayed(items.toSpliced(lost, 1));
    onTestFinished(() => database.drop());
    await expect(checkShown(database.pool, other)).rejects.toThrow(/entries: \d+ written, \d+ shown/);
  });

  it('compares only what it is asked to', async () => {
    log.truth.add('late', 1);
    onTestFinished(() => log.truth.add('late', -1));
    const others = await checkShown(database.pool, log, (figure) => figure !== 'late');
    expect(others).toBe(Object.keys(log.truth.figures()).length - 1);
  });
});

describe('the differences', () => {
  it('are those figures that are another or none at all', () => {
    const written = [
      ['visits', 3],
      ['entries', 4],
      ['revenue', 5],
    ] as const;
    expect(differences(written, { visits: 3, entries: 5, readers: 1 })).toEqual([
      'entries: 4 written, 5 shown',
      'revenue: 5 written, nothing shown',
    ]);
  });
});
