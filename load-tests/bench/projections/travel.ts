import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { projections } from '../../../projections/index.ts';
import { connect } from '../../../src/database/connect.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { projectorDatabase } from '../../../src/projector/database.ts';
import { rebuild } from '../../../src/projector/rebuild.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { type Asking, Travel } from './asking.ts';
import { FairLog } from './log/fair-log.ts';
import { withDatabase } from './temporary-database.ts';
import { writeLog } from './write-log.ts';

export type TravelOptions = {
  readonly events: number;
  readonly catalogueLines: number;
  readonly profiles: string | undefined;
  readonly tell: (line: string) => void;
};

/**
 * How long figures of the past take, in the log of one fair: ten questions, as of moments of its days, known at others,
 * and both. A process of its own asks them, since the memory of this one is full of the log.
 * @throws where looking back at now tells other figures than those that are shown
 */
export const measureTravel = ({ events, catalogueLines, profiles, tell }: TravelOptions): Promise<Travel> =>
  withDatabase('travel', async ({ ownerUrl, appUrl }) => {
    await migrate(ownerUrl, appUrl);
    tell(`writing ${events} events of one fair to look back at`);
    const log = new FairLog({ events, catalogueLines });
    await writeLog(ownerUrl, log.items());
    const { pool, close } = connect(appUrl);
    const store = postgresEventStore(appUrl);
    try {
      await rebuild({ db: projectorDatabase(pool), store, projections, holder: randomUUID(), lanesUrl: appUrl });
    } finally {
      await store.close();
      await close();
    }
    return askElsewhere({ appUrl, fair: log.fair, profiles });
  });

/** @throws where the process fails */
async function askElsewhere({ appUrl, fair, profiles }: Asking): Promise<Travel> {
  const child = fork(new URL('asker.ts', import.meta.url), {
    env: { PATH: process.env['PATH'] ?? '', appUrl, fair, ...(profiles === undefined ? {} : { profiles }) },
  });
  const answer = once(child, 'message');
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the process that looks back ended with ${code}`);
  return Travel.parse((await answer)[0]);
}
