import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { batchedLookup, LookupsFull } from '../../src/auth/batched-lookup.ts';
import { problemOf } from '../../src/http/problems.ts';

/** A database that answers nothing before it is told to, and then each key with itself. */
function slowDatabase() {
  const answers = Promise.withResolvers<void>();
  const queries: (readonly string[])[] = [];
  const query = async (keys: readonly string[]) => {
    queries.push(keys);
    await answers.promise;
    return new Map(keys.map((key) => [key, key]));
  };
  return { queries, query, answer: () => answers.resolve() };
}

test('what is asked together goes together, and what is asked while a query is away with the next one, each key once', async () => {
  const { queries, query, answer } = slowDatabase();
  const find = batchedLookup(query);
  const asked = ['a', 'b', 'a'].map(find);
  await turn();
  asked.push(...['b', 'c', 'b', 'a'].map(find));
  await turn();
  answer();
  expect(await Promise.all(asked)).toEqual(['a', 'b', 'a', 'b', 'c', 'b', 'a']);
  expect(queries).toEqual([
    ['a', 'b'],
    ['b', 'c', 'a'],
  ]);
});

test('only so many keys wait; others are told to come back, and those that wait are answered', async () => {
  const { query, answer } = slowDatabase();
  const find = batchedLookup(query, { waitingMax: 2 });
  const asked = [find('first')];
  await turn();
  asked.push(...['a', 'b', 'a'].map(find));
  const refused: unknown = await find('c').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LookupsFull);
  expect(problemOf(refused)).toMatchObject({ kind: 'busy', about: { retryAfterSeconds: 1 } });
  answer();
  expect(await Promise.all(asked)).toEqual(['first', 'a', 'b', 'a']);
  expect(await find('c')).toBe('c');
});
