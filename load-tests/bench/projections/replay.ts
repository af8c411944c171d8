import { randomUUID } from 'node:crypto';
import { projections } from '../../../projections/index.ts';
import { connect } from '../../../src/database/connect.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { compareFigures } from '../../../src/figures/compare.ts';
import { projectorDatabase } from '../../../src/projector/database.ts';
import { rebuild } from '../../../src/projector/rebuild.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { FairLog } from './log/fair-log.ts';
import { profiled } from './profiled.ts';
import { checkShown } from './shown-figures.ts';
import { withDatabase } from './temporary-database.ts';
import { writeLog } from './write-log.ts';

export type ReplayOptions = {
  readonly events: number;
  readonly catalogueLines: number;
  /** Where a CPU profile of the replay goes; none is made without. */
  readonly profiles: string | undefined;
  readonly tell: (line: string) => void;
};

/**
 * How fast the product's own rebuild counts a log it has never counted, all projections together, from the first
 * event to figures that are shown.
 * @returns events a second
 * @throws where the figures are not those that were written
 */
export const measureReplay = ({ events, catalogueLines, profiles, tell }: ReplayOptions): Promise<number> =>
  withDatabase('replay', async ({ ownerUrl, appUrl }) => {
    await migrate(ownerUrl, appUrl);
    const log = new FairLog({ events, catalogueLines });
    tell(`writing ${events} events of one fair, ${catalogueLines} catalogue lines among them`);
    await writeLog(ownerUrl, log.items());
    const { pool, close } = connect(appUrl);
    const store = postgresEventStore(appUrl);
    try {
      const startedAt = performance.now();
      const { position } = await profiled(profiles, 'replay', () =>
        rebuild({
          db: projectorDatabase(pool),
          store,
          projections,
          holder: randomUUID(),
          compare: (pair, fairs) => compareFigures(pair, { fairs, now: Date.now() }),
        }),
      );
      const seconds = (performance.now() - startedAt) / 1000;
      if (position !== events) throw new Error(`${events} events were written, and the figures stand at ${position}`);
      tell(`${await checkShown(pool, log)} figures are those that were written`);
      return events / seconds;
    } finally {
      await store.close();
      await close();
    }
  });
