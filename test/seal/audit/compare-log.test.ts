import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../../events/envelope.ts';
import { compareLog } from '../../../src/seal/audit/compare-log.ts';
import { Cursor } from '../../../src/seal/audit/cursor.ts';
import { leafHash } from '../../../src/seal/leaf.ts';

const factAt = (position: number): StoredEvent => ({
  position,
  stream: `walk-in-${position}`,
  version: 1,
  id: `0196390e-1c01-7000-8000-${String(position).padStart(12, '0')}`,
  type: 'WalkInsCounted',
  schema: 1,
  data: { persons: position },
  meta: {
    fair: '0196390e-1c00-7000-8000-000000000001',
    actor: { role: 'device', id: 'd' },
    digest: 'a'.repeat(43),
    correlation: 'test',
  },
  occurredAt: 1_650_000_000_000 + position,
  recordedAt: 1_650_000_000_500 + position,
});

/** Some stores leave positions out. */
const positionsOf = fc
  .array(fc.constantFrom(1, 1, 1, 3), { minLength: 4, maxLength: 40 })
  .map((steps) => steps.map((_, at) => steps.slice(0, at + 1).reduce((sum, step) => sum + step, 0)));

async function* inPages<Item>(items: readonly Item[], pageMax: number): AsyncIterable<readonly Item[]> {
  for (let from = 0; from < items.length; from += pageMax) yield items.slice(from, from + pageMax);
}

const findingsOf = async (sealed: readonly StoredEvent[], now: readonly StoredEvent[], pageMax: number) => {
  const leaves = sealed.map((fact) => ({ position: fact.position, hash: leafHash(fact) }));
  return compareLog({ log: new Cursor(inPages(now, pageMax)), sealed: new Cursor(inPages(leaves, pageMax)) });
};

const given = fc.record({
  positions: positionsOf,
  chosen: fc.nat(),
  other: fc.nat(),
  pageMax: fc.integer({ min: 1, max: 50 }),
});

/** Asks for what is found after a change of the log, told which of its facts (from 0) are chosen. */
const afterwards = (
  change: (facts: readonly StoredEvent[], at: number, other: number) => readonly StoredEvent[],
  expected: (positions: readonly number[], at: number, other: number) => readonly unknown[],
) =>
  fc.assert(
    fc.asyncProperty(given, async ({ positions, chosen, other, pageMax }) => {
      const at = chosen % positions.length;
      const second = (at + 1 + (other % (positions.length - 1))) % positions.length;
      const facts = positions.map(factAt);
      const { findings } = await findingsOf(facts, change(facts, at, second), pageMax);
      expect(findings).toEqual(expected(positions, at, second));
    }),
    { numRuns: 150 },
  );

const forged = (fact: StoredEvent): StoredEvent => ({ ...fact, data: { forged: true } });

/** The same facts, each in the place that another one had. */
const renumbered = (facts: readonly StoredEvent[], positions: readonly number[]): StoredEvent[] =>
  facts.map((fact, at) => ({
    ...fact,
    position: positions[at] ?? (positions.at(-1) ?? 0) + 1 + at - positions.length,
  }));

describe('of a log beside its leaves', () => {
  test('nothing is found where nothing was changed', () =>
    expect(
      afterwards(
        (facts) => facts,
        () => [],
      ),
    ).resolves.toBeUndefined());

  test('a changed fact is found where it is', () =>
    expect(
      afterwards(
        (facts, at) => facts.map((fact, index) => (index === at ? forged(fact) : fact)),
        (positions, at) => [{ kind: 'facts-changed', from: positions[at], to: positions[at] }],
      ),
    ).resolves.toBeUndefined());

  test('a removed fact is found where it was, or the end as cut off', () =>
    expect(
      afterwards(
        (facts, at) => facts.toSpliced(at, 1),
        (positions, at) => [
          {
            kind: at === positions.length - 1 ? 'log-cut' : 'facts-missing',
            from: positions[at],
            to: positions[at],
          },
        ],
      ),
    ).resolves.toBeUndefined());

  test('a cut is found from its first fact to the last', () =>
    expect(
      afterwards(
        (facts, at) => facts.slice(0, at),
        (positions, at) => {
          const gone = positions.slice(at);
          const last = gone.at(-1);
          const runs = gone.filter((position, index) => gone[index - 1] !== position - 1);
          return runs.map((from, index) => ({
            kind: 'log-cut',
            from,
            to: gone.findLast((position) => position < (runs[index + 1] ?? Infinity)) ?? last,
          }));
        },
      ),
    ).resolves.toBeUndefined());

  test('two swapped facts are found as such', () =>
    expect(
      afterwards(
        (facts, at, other) =>
          facts.map((fact, index) => {
            const from = index === at ? facts[other] : index === other ? facts[at] : fact;
            return { ...(from ?? fact), position: fact.position };
          }),
        (positions, at, other) => [
          { kind: 'facts-swapped', positions: [positions[Math.min(at, other)], positions[Math.max(at, other)]] },
        ],
      ),
    ).resolves.toBeUndefined());
});

describe('of a log without gaps that was renumbered', () => {
  const dense = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
  const some = fc.record({
    count: fc.integer({ min: 4, max: 40 }),
    chosen: fc.nat(),
    pageMax: fc.integer({ min: 1, max: 50 }),
  });

  test('a removed fact is one finding', () =>
    fc.assert(
      fc.asyncProperty(some, async ({ count, chosen, pageMax }) => {
        const at = chosen % (count - 1);
        const facts = dense(count).map(factAt);
        const { findings } = await findingsOf(facts, renumbered(facts.toSpliced(at, 1), dense(count)), pageMax);
        expect(findings).toEqual([{ kind: 'facts-missing', from: at + 1, to: at + 1, renumbered: true }]);
      }),
    ));

  test.each([2, 3, 17, 64])('%i neighbours that were removed are one finding', async (gone) => {
    const facts = dense(200).map(factAt);
    const { findings } = await findingsOf(facts, renumbered(facts.toSpliced(39, gone), dense(200)), 50);
    expect(findings).toEqual([{ kind: 'facts-missing', from: 40, to: 39 + gone, renumbered: true }]);
  });

  test.each([2, 3, 17, 64])('%i neighbours that were inserted are one finding', async (added) => {
    const facts = dense(200).map(factAt);
    const strangers = dense(added).map((index) => forged(factAt(1000 + index)));
    const { findings } = await findingsOf(facts, renumbered(facts.toSpliced(39, 0, ...strangers), dense(300)), 50);
    expect(findings).toEqual([{ kind: 'facts-inserted', from: 40, to: 39 + added, renumbered: true }]);
  });

  test('an inserted fact is one finding, and the last one is not taken for a new one', () =>
    fc.assert(
      fc.asyncProperty(some, async ({ count, chosen, pageMax }) => {
        const at = chosen % count;
        const facts = dense(count).map(factAt);
        const now = renumbered(facts.toSpliced(at, 0, forged(factAt(999))), dense(count + 1));
        const { findings, unsealed } = await findingsOf(facts, now, pageMax);
        expect({ findings, unsealed: unsealed.count }).toEqual({
          findings: [{ kind: 'facts-inserted', from: at + 1, to: at + 1, renumbered: true }],
          unsealed: 0,
        });
      }),
    ));
});

test('a fact that was moved is found where it was and where it is', async () => {
  const facts = Array.from({ length: 60 }, (_, at) => factAt(at + 1));
  const [moved] = facts.slice(19, 20);
  const now = renumbered(
    facts.toSpliced(19, 1).toSpliced(39, 0, ...(moved ? [moved] : [])),
    facts.map(({ position }) => position),
  );
  expect((await findingsOf(facts, now, 7)).findings).toEqual([
    { kind: 'facts-missing', from: 20, to: 20, renumbered: true },
    { kind: 'facts-inserted', from: 40, to: 40, renumbered: true },
  ]);
});

test('a run of changed facts is one finding, however long', async () => {
  const facts = Array.from({ length: 7000 }, (_, at) => factAt(at + 1));
  const now = facts.map((fact) => (fact.position > 100 && fact.position <= 6900 ? forged(fact) : fact));
  const { findings } = await findingsOf(facts, now, 1000);
  expect(findings).toEqual([{ kind: 'facts-changed', from: 101, to: 6900 }]);
}, 120_000);

test('younger facts are told apart from sealed ones', async () => {
  const facts = [1, 2, 3, 4, 5].map(factAt);
  expect(await findingsOf(facts.slice(0, 3), facts, 2)).toEqual({
    findings: [],
    unsealed: { count: 2, from: 4, to: 5 },
    unsealedSince: factAt(4).recordedAt,
  });
});
