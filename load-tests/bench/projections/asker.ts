/**
 * Asks for figures of the past, as a server's process would that has nothing else in its memory, and tells its parent how
 * long that took. Started by travel.ts.
 */
import { connect } from '../../../src/database/connect.ts';
import { documentIn, figuresDocument } from '../../../src/figures/document.ts';
import { figureLines } from '../../../src/figures/figure-lines.ts';
import { type FiguresDatabase, figuresDatabase } from '../../../src/figures/snapshot.ts';
import { lookBack } from '../../../src/figures/travel/look-back.ts';
import { positionAt } from '../../../src/figures/travel/position-at.ts';
import type { EventStore } from '../../../src/store/event-store.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { profiled } from './profiled.ts';
import { Asking, type Travel } from './asking.ts';

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

const { appUrl, fair, profiles } = Asking.parse(process.env);
const { pool, close } = connect(appUrl);
const store = postgresEventStore(appUrl);
const past: Past = { db: figuresDatabase(pool), log: store, fair };
await checkNow(past);
const travel = await profiled(profiles, 'travel', () => measured(past));
process.send?.(travel);
await store.close();
await close();
process.disconnect();
