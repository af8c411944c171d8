/**
 * Appends the events of a fair through the product's own store at a steady rate, whatever becomes of them, and tells its
 * parent of every answer. Started by lag.ts.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { type Answered, Arriving, logOf, nextOf } from './arriving.ts';
import type { LogItem } from './log/scribe.ts';

const arriving = Arriving.parse(process.env);
const tickMs = 10;

const store = postgresEventStore(arriving.appUrl);
const log = logOf(arriving);
const items = log.items();
// What was before the fair is in the log already.
for (const _ of nextOf(items, log.before));

await appendSteadily();
await store.close();
process.disconnect();

async function appendSteadily(): Promise<void> {
  const wanted = arriving.perSecond * arriving.seconds;
  const pending: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let sent = 0; sent < wanted;) {
    const due = Math.min(wanted, Math.floor(((performance.now() - startedAt) * arriving.perSecond) / 1000));
    const batch = [...nextOf(items, due - sent)];
    if (batch.length > 0) pending.push(append(batch));
    sent = due;
    await delay(tickMs);
  }
  await Promise.all(pending);
}

async function append(batch: readonly LogItem[]): Promise<void> {
  const results = await store.append(batch);
  const positions = results.map((result) => {
    if (result.outcome !== 'appended') throw new Error(`not appended: ${JSON.stringify(result)}`);
    return result.position;
  });
  const answered: Answered = { position: Math.max(...positions), at: Date.now() };
  process.send?.(answered);
}
