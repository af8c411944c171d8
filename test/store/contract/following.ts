import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { StoredEvent } from '../../../events/envelope.ts';
import type { AppendItem, EventStore } from '../../../src/store/event-store.ts';
import type { Traits } from '../contract.ts';
import { someChain, someItem, someStream, wholeLog } from '../some-items.ts';
import { expectPositions } from './positions.ts';

const writers = 24;
const callsEach = 30;
const pages = [1, 7, 17, 100, 1000, 5000];

/** Whoever has read up to n has missed nothing, while others write. */
export function isFollowed(nodes: readonly EventStore[], traits: Traits): void {
  test(`of what ${writers} writers append, readers who follow miss nothing and see nothing twice`, async () => {
    expect.hasAssertions();
    await followWriters(nodes, traits, () => [
      someItem(),
      someItem({ expectedVersion: randomInt(2) }),
      someItem(randomInt(4) === 0 ? { id: 'no UUID' } : {}),
      ...someChain(someStream(), 2),
    ]);
  }, 120_000);
}

/**
 * Lets many write, at their own pace, and a reader for each size of page follow them.
 * @param call the items of one call; some of them may fail
 */
export async function followWriters(
  nodes: readonly EventStore[],
  { positions }: Pick<Traits, 'positions'>,
  call: (writer: number) => readonly AppendItem[],
): Promise<void> {
  const [first] = nodes;
  if (!first) throw new Error('a log needs a node');
  const start = await first.head();
  const written = new Map<string, number>();
  let areWriting = true;
  const readers = pages.flatMap((limit, at) => {
    const node = nodes[at % nodes.length] ?? first;
    return (['read', 'follow'] as const).map((how) => readOn(node, { how, start, limit, goesOn: () => areWriting }));
  });
  const write = async (node: EventStore, writer: number) => {
    for (let n = 0; n < callsEach; n += 1) {
      const items = call(writer);
      for (const [at, result] of (await node.append(items)).entries())
        if (result.outcome === 'appended') written.set(items[at]?.event.id ?? '', result.position);
      await delay(randomInt(6));
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, at) => write(nodes[at % nodes.length] ?? first, at))).finally(
    () => (areWriting = false),
  );
  const log = (await wholeLog(first, 5000)).filter(({ position }) => position > start);
  expectPositions(
    placesOf(log).map(([, position]) => position),
    { after: start, kind: positions },
  );
  expect(new Map(placesOf(log))).toEqual(written);
  expect(log).toHaveLength(written.size);
  expect(log.map(({ recordedAt }) => recordedAt)).toEqual(
    log.map(({ recordedAt }) => recordedAt).toSorted((a, b) => a - b),
  );
  for (const seen of await Promise.all(readers)) expect(seen).toStrictEqual(log);
}

/** Reads on from where it is until nobody writes any more and nothing is left. */
async function readOn(
  node: EventStore,
  { how, start, limit, goesOn }: { how: 'read' | 'follow'; start: number; limit: number; goesOn: () => boolean },
): Promise<StoredEvent[]> {
  const seen: StoredEvent[] = [];
  for (;;) {
    const hadMore = goesOn();
    const next = await node[how](seen.at(-1)?.position ?? start, limit);
    seen.push(...next);
    if (next.length === 0 && !hadMore) return seen;
    if (next.length === 0) await delay(1);
  }
}

const placesOf = (events: readonly StoredEvent[]): (readonly [id: string, position: number])[] =>
  events.map(({ id, position }) => [id, position]);
