import { totalmem } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Transaction } from 'kysely';
import type { GenerationTables } from '../../../projections/generations/tables.ts';
import { lanes } from '../../../projections/lanes.ts';
import type { ProjectorDatabase } from '../database.ts';
import { hold, writeClosings } from '../held.ts';
import { holdLease, type Lease, moveCheckpoint } from '../lease.ts';
import { LaneNews, type LaneTask } from './messages.ts';

export type LoadOptions = {
  /** Of the application's role. */
  readonly url: string;
  readonly lease: Lease;
  /** The log position to fold up to. */
  readonly upTo: number;
  readonly onPosition: (position: number) => void;
};

/** Nobody waits for a generation that is being built. */
const silentSecondsMax = 600;

/**
 * Folds the log into an empty generation, each lane of projections by a thread of its own, side by side with reading.
 * The checkpoint is moved when all have written what they counted; until then the generation stands at 0.
 * @throws LeaseLost, and whatever a lane could not fold: nothing is parked here
 */
export const loadInLanes = (db: ProjectorDatabase, { url, lease, upTo, onPosition }: LoadOptions): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await holdLease(transaction, lease, { how: 'with others', silentSecondsMax });
    const positions = lanes.map(() => 0);
    const threads = lanes.map((_, lane) => {
      const task: LaneTask = { lane, url, lease, upTo, silentSecondsMax };
      return runThread(task, (position) => {
        positions[lane] = position;
        onPosition(Math.min(...positions));
      });
    });
    const ends = await allOrNone(threads);
    await writeEnds(transaction, lease, ends);
    await moveCheckpoint(transaction, lease, { from: 0, to: upTo });
  });

/**
 * A thread keeps what it counts until the end: where its memory began small and grew step by step, a third of its time
 * would go into looking for what is no longer needed. Read when a thread is started.
 */
const memoryMb = totalmem() / 2 ** 20;
const heapMb = Math.min(2000, Math.round(memoryMb / 12));
/** Of the part in which things are made: what it holds when it is full is moved, and most of it has been dropped by then. */
const semiSpaceMb = Math.min(128, Math.max(16, Math.round(memoryMb / 128)));

type Thread = { readonly end: Promise<Extract<LaneNews, { kind: 'end' }>>; readonly stop: () => Promise<unknown> };

function runThread(task: LaneTask, onPosition: (position: number) => void): Thread {
  setFlagsFromString(`--initial-heap-size=${heapMb}`);
  setFlagsFromString(`--min-semi-space-size=${semiSpaceMb}`);
  const worker = new Worker(new URL('lane-thread.ts', import.meta.url), { workerData: task });
  const end = new Promise<Extract<LaneNews, { kind: 'end' }>>((resolve, reject) => {
    worker.on('message', (message) => {
      const news = LaneNews.parse(message);
      if (news.kind === 'end') resolve(news);
      else onPosition(news.position);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread of lane ${task.lane} ended with ${code}`)));
  });
  return { end, stop: () => worker.terminate() };
}

/** Where one fails the others need not go on. */
async function allOrNone(threads: readonly Thread[]): Promise<Awaited<Thread['end']>[]> {
  try {
    return await Promise.all(threads.map(({ end }) => end));
  } finally {
    await Promise.all(threads.map(({ stop }) => stop()));
  }
}

async function writeEnds(
  transaction: Transaction<GenerationTables>,
  { generation }: Lease,
  ends: readonly Awaited<Thread['end']>[],
): Promise<void> {
  const closed = new Map(ends.flatMap((end) => end.closed));
  await writeClosings(transaction, generation, { before: new Map(), after: closed });
  const held = new Map(ends.flatMap((end) => end.held.map((event) => [event.position, event])));
  await hold(transaction, generation, [...held.values()]);
}
