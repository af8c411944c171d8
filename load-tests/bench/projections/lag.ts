import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { currentGeneration } from '../../../projections/generations/queries.ts';
import { projections } from '../../../projections/index.ts';
import { connect } from '../../../src/database/connect.ts';
import { migrate } from '../../../src/database/migrate.ts';
import type { OpenDatabase } from '../../../src/database/open.ts';
import { createLog } from '../../../src/log.ts';
import { FiguresChanges } from '../../../src/projector/changes.ts';
import { projectorDatabase } from '../../../src/projector/database.ts';
import { ProjectionRunner } from '../../../src/projector/runner.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { quantile } from '../summary.ts';
import { Answered, type Arriving, logOf, nextOf } from './arriving.ts';
import { lagsOf, rateOf, type Shown } from './lags.ts';
import type { FairLog } from './log/fair-log.ts';
import { checkShown } from './shown-figures.ts';
import { withDatabase } from './temporary-database.ts';
import { writeLog } from './write-log.ts';

/** @param asked events a second that were to arrive @param reached those that did */
export type Lags = { readonly p50: number; readonly p99: number; readonly asked: number; readonly reached: number };

export type LagOptions = Omit<Arriving, 'appUrl'> & { readonly tell: (line: string) => void };

/** Until the code of both processes is warm. */
const warmUpSeconds = 3;

/**
 * How long after an append is answered its facts are in the figures, while facts arrive at a steady rate. Another process
 * appends through the product's store; here the product's projector runs, and a listener hears, as every board does, to
 * which position the figures have moved on.
 * @returns milliseconds, and the rate that was reached, of all appends but those that were due in the first three seconds
 * @throws where the figures are not those that were written
 */
export const measureLag = ({ tell, ...options }: LagOptions): Promise<Lags> =>
  withDatabase('lag', async (database) => {
    const arriving = { ...options, seconds: options.seconds + warmUpSeconds };
    await migrate(database.ownerUrl, database.appUrl);
    const log = logOf(arriving);
    const items = log.items();
    await writeLog(database.ownerUrl, nextOf(items, log.before));
    tell(`${arriving.perSecond} events a second for ${arriving.seconds} s`);
    const { answered, shown, compared } = await follow(database, arriving, { log, items });
    tell(`${compared} figures are those that were written`);
    const warmAt = log.before + warmUpSeconds * arriving.perSecond;
    const warm = answered.filter(({ position }) => position > warmAt);
    const lags = lagsOf(warm, shown);
    const reached = Math.round(rateOf(warm));
    return { p50: quantile(lags, 0.5), p99: quantile(lags, 0.99), asked: options.perSecond, reached };
  });

type Written = { readonly log: FairLog; readonly items: ReturnType<FairLog['items']> };
type Followed = { readonly answered: readonly Answered[]; readonly shown: readonly Shown[]; readonly compared: number };

async function follow(
  { appUrl }: OpenDatabase,
  arriving: Omit<Arriving, 'appUrl'>,
  { log, items }: Written,
): Promise<Followed> {
  await using opened = new AsyncDisposableStack();
  const { pool, close } = connect(appUrl);
  opened.defer(close);
  const store = postgresEventStore(appUrl);
  opened.defer(() => store.close());
  const changes = new FiguresChanges(appUrl);
  opened.defer(() => changes.close());
  const db = projectorDatabase(pool);
  const quiet = createLog({ logLevel: 'silent' });
  const runner = new ProjectionRunner({ db, store, projections, holder: randomUUID(), log: quiet });
  opened.defer(() => runner.stop());
  const shown: Shown[] = [];
  changes.subscribe(({ position }) => void shown.push({ position, at: Date.now() }));
  await untilShown(pool, log.before);
  const answered = await appendElsewhere({ ...arriving, appUrl });
  const head = await store.head();
  await untilShown(pool, head);
  // The other process has written the same.
  for (const _ of nextOf(items, head - log.before));
  // What happened long ago by the log's own days is recorded now.
  const compared = await checkShown(pool, log, (figure) => figure !== 'late');
  return { answered, shown, compared };
}

/** @throws where the process fails */
async function appendElsewhere({ appUrl, perSecond, seconds, catalogueLines }: Arriving): Promise<Answered[]> {
  const answered: Answered[] = [];
  const child = fork(new URL('appender.ts', import.meta.url), {
    env: {
      PATH: process.env['PATH'] ?? '',
      appUrl,
      perSecond: String(perSecond),
      seconds: String(seconds),
      catalogueLines: String(catalogueLines),
    },
  });
  child.on('message', (message) => void answered.push(Answered.parse(message)));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the process that appends ended with ${code}`);
  return answered;
}

async function untilShown(pool: Pool, position: number): Promise<void> {
  const db = projectorDatabase(pool);
  for (;;) {
    const current = await currentGeneration(db);
    if ((current?.position ?? 0) >= position) return;
    await delay(20);
  }
}
