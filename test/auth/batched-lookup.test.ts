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

test('what is asked while a query is away goes with the next one, each key once', async () => {
  const { queries, query, answer } = slowDatabase();
  const find = batchedLookup(query);
  const asked = ['a', 'b', 'c', 'b', 'a'].map(find);
  answer();
  expect(await Promise.all(asked)).toEqual(['a', 'b', 'c', 'b', 'a']);
  expect(queries).toEqual([['a'], ['b', 'c', 'a']]);
});

test('only so many keys wait; others are told to come back, and those that wait are answered', async () => {
  const { query, answer } = slowDatabase();
  const find = batchedLookup(query, { waitingMax: 2 });
  const asked = ['first', 'a', 'b', 'a'].map(find);
  const refused: unknown = await find('c').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LookupsFull);
  expect(problemOf(refused)).toMatchObject({ kind: 'busy', about: { retryAfterSeconds: 1 } });
  answer();
  expect(await Promise.all(asked)).toEqual(['first', 'a', 'b', 'a']);
  expect(await find('c')).toBe('c');
});
