import { describe, expect, test } from 'vitest';
import type { AppendItem, AppendResult, EventStore } from '../../../src/store/event-store.ts';
import { digest, someChain, someId, someItem, someMeta, someStream, wholeLog } from '../some-items.ts';

const rounds = Array.from({ length: 50 }, (_, round) => round);
const writers = 8;

/** Those who want the same thing at the same time. */
export function letsOneWin(nodes: readonly EventStore[]): void {
  /** The same moment on every node, as far as that goes; who wins is open. */
  const race = async (items: readonly AppendItem[]): Promise<AppendResult[]> =>
    (await Promise.all(items.map((item, at) => nodeAt(nodes, at).append([item])))).flat();

  describe('racing', { timeout: 120_000 }, () => {
    test('of those who want the same version of a stream exactly one gets it', async () => {
      for (const round of rounds) {
        const stream = someStream();
        const current = round % 3;
        await nodeAt(nodes, round).append(someChain(stream, current));
        const rivals = Array.from({ length: writers }, () => someItem({ stream, expectedVersion: current }));
        const results = await race(rivals);
        const lost = Array.from({ length: writers - 1 }, () => ({ outcome: 'conflict', currentVersion: current + 1 }));
        expect(results.filter(({ outcome }) => outcome !== 'appended')).toEqual(lost);
        const winner = rivals[results.findIndex(({ outcome }) => outcome === 'appended')];
        const [events = []] = await nodeAt(nodes, round).load([{ stream, afterVersion: current }]);
        expect(events.map(({ id }) => id)).toEqual([winner?.event.id]);
      }
    });

    test('of those who bring the same id exactly one gets it, whatever their streams', async () => {
      for (const round of rounds) {
        const id = someId();
        const stream = someStream();
        const rivals = ['a', 'b', 'c', 'd'].map((letter) =>
          someItem({ id, stream: round % 2 ? stream : someStream(), meta: someMeta({ digest: digest(letter) }) }),
        );
        const results = await race(rivals);
        const won = results.findIndex(({ outcome }) => outcome === 'appended');
        const duplicate = { outcome: 'duplicate', stream: rivals[won]?.stream, digest: rivals[won]?.event.meta.digest };
        expect(results.filter((_, at) => at !== won)).toMatchObject([duplicate, duplicate, duplicate]);
      }
    });

    test('batches that cross each other in ids and streams end, each item once in the log', async () => {
      const items = Array.from({ length: 20 }, () => someItem());
      const byEnd = (a: AppendItem, b: AppendItem) => (a.event.id.slice(-4) < b.event.id.slice(-4) ? -1 : 1);
      const orders = [items, items.toReversed(), items.toSorted(byEnd)];
      const answers = await Promise.all(
        rounds.flatMap(() => orders.map((order, at) => nodeAt(nodes, at).append(order))),
      );
      const appended = answers.flat().filter(({ outcome }) => outcome === 'appended');
      expect(appended).toHaveLength(items.length);
      expect(new Set(answers.flat().map(({ outcome }) => outcome))).toEqual(new Set(['appended', 'duplicate']));
      const ids = new Set(items.map(({ event }) => event.id));
      expect((await wholeLog(nodeAt(nodes, 0), 1000)).filter(({ id }) => ids.has(id))).toHaveLength(items.length);
    });
  });
}

/** They take turns. */
function nodeAt(nodes: readonly EventStore[], at: number): EventStore {
  const node = nodes[at % nodes.length];
  if (!node) throw new Error('a log needs a node');
  return node;
}
