import { setImmediate as nextTick } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTurns } from '../../src/http/turns.ts';

test('of one stream in the order given, however long each takes to find its stream', async () => {
  const item = fc.record({
    stream: fc.option(fc.constantFrom('a', 'b', 'c')),
    before: fc.nat({ max: 4 }),
    after: fc.nat({ max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 30 }), async (items) => {
      const running = new Set<string>();
      const order: { stream: string; index: number }[] = [];
      const results = await inTurns([...items.entries()], async ([index, { stream, before, after }], turn) => {
        for (let tick = 0; tick < before; tick += 1) await nextTick();
        if (stream === null) return index;
        await turn(stream);
        await turn('asked for again, it passes');
        expect(running.has(stream), `two at once in ${stream}`).toBe(false);
        running.add(stream);
        order.push({ stream, index });
        for (let tick = 0; tick < after; tick += 1) await nextTick();
        running.delete(stream);
        return index;
      });
      expect(results).toEqual(items.map((_, index) => index));
      for (const name of ['a', 'b', 'c']) {
        const indexes = order.filter(({ stream }) => stream === name).map(({ index }) => index);
        expect(indexes).toEqual(indexes.toSorted((a, b) => a - b));
        expect(indexes).toHaveLength(items.filter(({ stream }) => stream === name).length);
      }
    }),
    { numRuns: 60 },
  );
});

test('different streams at once', async () => {
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await inTurns(['a', 'b'], async (stream, turn) => {
    await turn(stream);
    if (stream === 'a') {
      first.resolve();
      await second.promise;
    } else {
      await first.promise;
      second.resolve();
    }
  });
  expect(await Promise.all([first.promise, second.promise])).toEqual([undefined, undefined]);
});
