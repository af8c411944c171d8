import { totalmem } from 'node:os';

import { parentPort, workerData } from 'node:worker_threads';
import { toProjectedFact } from '../../../events/catalogue.ts';
import { useGeneration } from '../../../projections/generations/queries.ts';
import { lanes } from '../../../projections/lanes.ts';
import { connect } from '../../database/connect.ts';
import { copyLog } from '../../store/postgres/log-copy.ts';
import { postgresEventStoreOn } from '../../store/postgres/postgres-event-store.ts';
import { projectorDatabase } from '../database.ts';
import { holdLease } from '../lease.ts';
import { LaneFold } from './lane.ts';
import { LaneTask, type LaneNews } from './messages.ts';

/** What a fact takes in memory, with all that belongs to it. */
const factBytes = 500;
const ofMemory = 1 / 12;
/** So that what was counted is written now and then, however long the log. */
const saveEvery = 1_500_000;

/** More pages than a lane writes of one fair. */
const pagesApart = 100_000_000;

const task = LaneTask.parse(workerData);
const lane = lanes[task.lane];
if (!lane) throw new RangeError(`there is no lane ${task.lane}`);
await run(lane);

async function run({ projections, types }: (typeof lanes)[number]): Promise<void> {
  const { url, lease, upTo } = task;
  const { pool, close } = connect(url, { poolSizeMax: 3, applicationName: 'hoi-sach lane' });
  const store = postgresEventStoreOn(pool);
  const factsMax = Math.round((totalmem() * ofMemory) / factBytes);
  const fold = new LaneFold({ projections, store, factsMax, firstPage: task.lane * pagesApart });
  try {
    const end = await projectorDatabase(pool)
      .transaction()
      .execute(async (transaction) => {
        await holdLease(transaction, lease, { how: 'with others', silentSecondsMax: task.silentSecondsMax });
        await useGeneration(transaction, lease.generation);
        let unsaved = 0;
        for await (const events of copyLog(url, { after: 0, upTo, types })) {
          await fold.take(transaction, events.map(toProjectedFact));
          unsaved += events.length;
          if (unsaved >= saveEvery) {
            await fold.save(transaction);
            unsaved = 0;
          }
          tell({ kind: 'position', position: events.at(-1)?.position ?? 0 });
        }
        return fold.save(transaction);
      });
    tell({ kind: 'end', closed: [...end.closed], held: [...end.held] });
  } finally {
    await store.close();
    await close();
  }
}

function tell(news: LaneNews): void {
  parentPort?.postMessage(news, []);
}
