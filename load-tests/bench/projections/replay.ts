import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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
    tell(`writing ${events} events of one fair, ${catalogueLines} catalogue lines among them`);
    const written = await write(ownerUrl, { events, catalogueLines });
    collectGarbage();
    const { pool, close } = connect(appUrl);
    const store = postgresEventStore(appUrl);
    try {
      const startedAt = performance.now();
      const { position } = await profiled(profiles, 'replay', () =>
        rebuild({
          db: projectorDatabase(pool),
          store,
          projections,
          lanesUrl: appUrl,
          onLanesFailed: (error) => {
            throw error;
          },
          holder: randomUUID(),
          compare: (pair, fairs) => compareFigures(pair, { fairs, now: Date.now() }),
          // Who is told of progress asks how long the log is, after every batch.
          onProgress: () => {},
        }),
      );
      const seconds = (performance.now() - startedAt) / 1000;
      if (position !== events) throw new Error(`${events} events were written, and the figures stand at ${position}`);
      tell(`${await checkShown(pool, written)} figures are those that were written`);
      return events / seconds;
    } finally {
      await store.close();
      await close();
    }
  });

/** @returns what the figures must be, and nothing else of the log, which would be in the memory of what is measured */
async function write(
  ownerUrl: string,
  options: Pick<ReplayOptions, 'events' | 'catalogueLines'>,
): Promise<Pick<FairLog, 'fair' | 'truth'>> {
  const log = new FairLog(options);
  await writeLog(ownerUrl, log.items());
  return { fair: log.fair, truth: log.truth };
}

/** Begins as a process of its own does, with nothing to clear away. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
}
