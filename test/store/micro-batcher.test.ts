import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { StoreClosed, StoreFull } from '../../src/store/event-store.ts';
import { type BatchLimits, MicroBatcher } from '../../src/store/micro-batcher.ts';

/** A statement in flight: what it was given, and the ways in which it may end. */
type Statement = { items: readonly number[]; finish: () => void; fail: (error: Error) => void };

/** Answers each item with its tenfold, when told. */
function batcher(limits: Partial<BatchLimits> = {}) {
  const statements: Statement[] = [];
  const batches = new MicroBatcher<number, number>(
    (items) =>
      new Promise((resolve, reject) => {
        statements.push({ items, finish: () => resolve(items.map((item) => item * 10)), fail: reject });
      }),
    (item) => item,
    {
      lanes: 1,
      batchItemsMin: 1,
      batchItemsMax: 100,
      batchSizeMax: 1000,
      queueItemsMax: 100,
      queueSizeMax: 5000,
      ...limits,
    },
  );
  return { batches, statements, given: () => statements.map(({ items }) => items) };
}

test('what arrives in one turn of the event loop goes together, and each caller gets its own answers', async () => {
  const { batches, statements, given } = batcher();
  const answers = [batches.add([1]), batches.add([2, 3]), Promise.resolve().then(() => batches.add([4]))];
  await turn();
  expect(given()).toEqual([[1, 2, 3, 4]]);
  statements[0]?.finish();
  expect(await Promise.all(answers)).toEqual([[10], [20, 30], [40]]);
});

test('what arrives while the lane is busy goes with the next statement', async () => {
  const { batches, statements, given } = batcher();
  const first = batches.add([1]);
  await turn();
  const rest = [batches.add([2]), batches.add([3])];
  await turn();
  expect(given()).toEqual([[1]]);
  statements[0]?.finish();
  await first;
  await expect.poll(given).toEqual([[1], [2, 3]]);
  statements[1]?.finish();
  expect(await Promise.all(rest)).toEqual([[20], [30]]);
});

test('free lanes share what waits, but not in batches below the minimum', async () => {
  const add = (count: number, limits: Partial<BatchLimits>) => {
    const { batches, given } = batcher(limits);
    for (let item = 1; item <= count; item += 1) void batches.add([item]);
    return turn().then(() => given().map((items) => items.length));
  };
  expect(await add(10, { lanes: 2 })).toEqual([5, 5]);
  expect(await add(10, { lanes: 3 })).toEqual([4, 3, 3]);
  expect(await add(10, { lanes: 2, batchItemsMin: 8 })).toEqual([8, 2]);
  expect(await add(10, { lanes: 2, batchItemsMax: 3 })).toEqual([3, 3]);
  expect(await add(10, { lanes: 1, batchSizeMax: 6 })).toEqual([3]);
});

test('no lane is opened for a few beside a busy one: they go when its answer has come, with what has come meanwhile', async () => {
  const { batches, statements, given } = batcher({ lanes: 2, laneItemsMin: 4 });
  const add = (...items: readonly number[]) => items.map((item) => batches.add([item]));
  const answers = add(1, 2, 3, 4, 5, 6);
  await turn();
  answers.push(...add(7, 8, 9));
  await turn();
  expect(given()).toEqual([[1, 2, 3, 4, 5, 6]]);
  answers.push(...add(10));
  await turn();
  expect(given().slice(1)).toEqual([[7, 8, 9, 10]]);
  answers.push(...add(11));
  statements[0]?.finish();
  await Promise.all(answers.slice(0, 6));
  await turn();
  expect(given()).toHaveLength(2);
  statements[1]?.finish();
  await expect.poll(() => given().slice(2)).toEqual([[11]]);
  statements[2]?.finish();
  expect(await Promise.all(answers)).toEqual([[10], [20], [30], [40], [50], [60], [70], [80], [90], [100], [110]]);
  answers.push(...add(1, 2, 3, 4, 5, 6, 7, 8));
  await turn();
  expect(given().slice(3)).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ]);
});

test('a call is never split, however large', async () => {
  const { batches, statements, given } = batcher({ batchItemsMax: 3, lanes: 2, batchSizeMax: 10 });
  const answers = [batches.add([1, 1]), batches.add([2, 2, 2, 2, 2, 2]), batches.add([3])];
  await turn();
  expect(given()).toEqual([
    [1, 1],
    [2, 2, 2, 2, 2, 2],
  ]);
  statements[1]?.finish();
  await expect.poll(() => given().at(-1)).toEqual([3]);
  for (const statement of statements) statement.finish();
  expect(await Promise.all(answers)).toEqual([[10, 10], [20, 20, 20, 20, 20, 20], [30]]);
});

test('a statement that fails fails its own callers only', async () => {
  const { batches, statements } = batcher({ lanes: 2 });
  const answers = [1, 2, 3, 4].map((item) => batches.add([item]));
  await turn();
  statements[0]?.fail(new Error('gone'));
  statements[1]?.finish();
  const settled = await Promise.allSettled(answers);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
});

test('a full queue, by number or by size, refuses the whole call and nothing else', async () => {
  const { batches, statements, given } = batcher({ queueItemsMax: 3, queueSizeMax: 50 });
  const busy = batches.add([1]);
  await turn();
  const waiting = batches.add([2, 3]);
  await expect(batches.add([4, 5])).rejects.toThrow(StoreFull);
  await expect(batches.add([49])).rejects.toThrow(StoreFull);
  const last = batches.add([6]);
  statements[0]?.finish();
  await busy;
  await expect.poll(given).toEqual([[1], [2, 3, 6]]);
  statements[1]?.finish();
  expect(await Promise.all([waiting, last])).toEqual([[20, 30], [60]]);
});

test('a call larger than the queue is taken when nothing waits', async () => {
  const { batches, statements } = batcher({ queueItemsMax: 2 });
  const answer = batches.add([1, 2, 3]);
  await turn();
  statements[0]?.finish();
  expect(await answer).toEqual([10, 20, 30]);
});

test('closing takes nothing more and waits for what was taken', async () => {
  const { batches, statements } = batcher();
  const answers = [batches.add([1]), batches.add([2])];
  let isClosed = false;
  const closed = batches.close().then(() => (isClosed = true));
  await expect(batches.add([3])).rejects.toThrow(StoreClosed);
  await turn();
  expect(isClosed).toBe(false);
  statements[0]?.finish();
  await Promise.all([...answers, closed]);
  expect(isClosed).toBe(true);
});
