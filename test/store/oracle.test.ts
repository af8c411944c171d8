import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { AppendItem, AppendResult, EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { postgresEventStore } from '../../src/store/postgres/postgres-event-store.ts';
import { freshDatabase } from '../support/database.ts';
import { digest, someEvent, someId, someMeta, wholeLog } from './some-items.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What one item of a generated call is: few streams, ids and versions, so that they clash. */
const anItem = fc.record({
  stream: fc.constantFrom('a', 'b', 'c'),
  id: fc.nat({ max: 9 }),
  expected: fc.oneof({ weight: 4, arbitrary: fc.constant('current' as const) }, fc.nat({ max: 4 })),
  letter: fc.constantFrom('x', 'y'),
});
const calls = fc.array(fc.array(anItem, { maxLength: 8 }), { maxLength: 6 });
type Calls = typeof calls extends fc.Arbitrary<infer Value> ? Value : never;

/** The rules of the port, as plainly as they can be said. */
class Oracle {
  readonly log: { id: string; stream: string; version: number; digest: string }[] = [];

  version = (stream: string): number => this.log.filter((event) => event.stream === stream).length;

  append({ stream, expectedVersion, event }: AppendItem): Partial<AppendResult> {
    const found = this.log.findIndex(({ id }) => id === event.id);
    const original = this.log[found];
    if (original) {
      const { id: _, ...about } = original;
      return { outcome: 'duplicate', ...about, position: found + 1 };
    }
    const currentVersion = this.version(stream);
    if (expectedVersion !== currentVersion) return { outcome: 'conflict', currentVersion };
    const version = expectedVersion + 1;
    this.log.push({ id: event.id, stream, version, digest: event.meta.digest });
    return { outcome: 'appended', position: this.log.length, version };
  }
}

async function agrees(store: EventStore, given: Calls): Promise<void> {
  const oracle = new Oracle();
  const offset = await store.head();
  const ids = Array.from({ length: 10 }, someId);
  const suffix = someId();
  for (const call of given) {
    const items: AppendItem[] = [];
    const expected: Partial<AppendResult>[] = [];
    for (const { stream, id, expected: version, letter } of call) {
      const name = `${stream}-${suffix}`;
      const item = {
        stream: name,
        expectedVersion: version === 'current' ? oracle.version(name) : version,
        event: someEvent({ id: ids[id] ?? '', meta: someMeta({ digest: digest(letter) }) }),
      };
      items.push(item);
      const result = oracle.append(item);
      expected.push('position' in result ? { ...result, position: (result.position ?? 0) + offset } : result);
    }
    expect(await store.append(items)).toMatchObject(expected);
  }
  const log = (await wholeLog(store)).slice(offset);
  expect(log.map(({ id, stream, version, meta }) => ({ id, stream, version, digest: meta.digest }))).toEqual(
    oracle.log,
  );
}

describe('whatever is appended, the log answers as its rules say', () => {
  test('in memory', async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(calls, async (given) => agrees(memoryEventStore(), given)),
      { numRuns: 500 },
    );
  });

  test('in PostgreSQL', async () => {
    expect.hasAssertions();
    const database = await freshDatabase({ poolSizeMax: 1 });
    const store = postgresEventStore(database.appUrl);
    try {
      await fc.assert(
        fc.asyncProperty(calls, async (given) => agrees(store, given)),
        { numRuns: 80 },
      );
    } finally {
      await store.close();
      await database.drop();
    }
  });
});
