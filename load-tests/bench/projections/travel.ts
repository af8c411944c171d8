import { randomUUID } from 'node:crypto';
import { projections } from '../../../projections/index.ts';
import { connect } from '../../../src/database/connect.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { documentIn, figuresDocument } from '../../../src/figures/document.ts';
import { figureLines } from '../../../src/figures/figure-lines.ts';
import { type FiguresDatabase, figuresDatabase } from '../../../src/figures/snapshot.ts';
import { lookBack } from '../../../src/figures/travel/look-back.ts';
import { positionAt } from '../../../src/figures/travel/position-at.ts';
import { projectorDatabase } from '../../../src/projector/database.ts';
import { rebuild } from '../../../src/projector/rebuild.ts';
import type { EventStore } from '../../../src/store/event-store.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { FairLog } from './log/fair-log.ts';
import { profiled } from './profiled.ts';
import { withDatabase } from './temporary-database.ts';
import { writeLog } from './write-log.ts';

export type TravelOptions = {
  readonly events: number;
  readonly catalogueLines: number;
  /** Where a CPU profile of the questions goes; none is made without. */
  readonly profiles: string | undefined;
  readonly tell: (line: string) => void;
};

/** Milliseconds of a question about the past: until its answer, and of this process's processors. */
export type Travel = { readonly median: number; readonly max: number; readonly cpuMedian: number };

/**
 * How long figures of the past take, in the log of one fair: ten questions, as of moments of its days, known at others,
 * and both.
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
      await rebuild({ db: projectorDatabase(pool), store, projections, holder: randomUUID() });
      const past = { db: figuresDatabase(pool), log: store, fair: log.fair };
      await checkNow(past);
      return await profiled(profiles, 'travel', () => measured(past));
    } finally {
      await store.close();
      await close();
    }
  });

type Past = { readonly db: FiguresDatabase; readonly log: EventStore; readonly fair: string };

type Asked = { readonly trueAt?: number; readonly knownAt?: number };

async function ask({ fair, ...past }: Past, { trueAt, knownAt }: Asked, now: number) {
  const known = knownAt === undefined ? undefined : await positionAt(past.log, knownAt, await past.log.head());
  return lookBack(past, { fair, trueAt, known }, (then) => documentIn(then, fair, now, trueAt));
}

async function checkNow(past: Past): Promise<void> {
  const now = Date.now();
  const shown = await figuresDocument(past.db, past.fair, now);
  const found = await ask(past, { trueAt: now, knownAt: now }, now);
  if (!shown || !found) throw new Error('no figures are shown');
  const lines = figureLines(found);
  const wrong = [...figureLines(shown)].filter(([line, value]) => lines.get(line) !== value);
  if (wrong.length > 0) throw new Error(`looking back at now tells other figures: ${wrong.slice(0, 5).join('; ')}`);
}

async function measured(past: Past): Promise<Travel> {
  const head = await past.log.head();
  /** When so much of the log was there. */
  const momentOf = async (part: number): Promise<number> => {
    const [event] = await past.log.readAt([Math.ceil(part * head)]);
    if (!event) throw new Error('the log is empty');
    return event.recordedAt;
  };
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (let nth = 1; nth <= questions; nth += 1) {
    const trueAt = await momentOf(nth / questions);
    const knownAt = await momentOf(1 - (nth - 1) / (2 * questions));
    const asked = [{ trueAt }, { knownAt }, { trueAt, knownAt }][nth % 3] ?? {};
    const [startedAt, before] = [performance.now(), process.cpuUsage()];
    await ask(past, asked, Math.min(trueAt, knownAt));
    const { user, system } = process.cpuUsage(before);
    wall.push(performance.now() - startedAt);
    cpu.push((user + system) / 1000);
  }
  return { median: median(wall), max: Math.round(Math.max(...wall)), cpuMedian: median(cpu) };
}

const questions = 10;

const median = (values: readonly number[]): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
