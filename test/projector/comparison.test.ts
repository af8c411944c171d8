import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { definition } from '../../projections/definition.ts';
import { projections } from '../../projections/index.ts';
import { compareFigures } from '../../src/figures/compare.ts';
import { createLog } from '../../src/log.ts';
import type { Compare } from '../../src/projector/comparison.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { rebuild, type RebuildOptions } from '../../src/projector/rebuild.ts';
import { ProjectionRunner } from '../../src/projector/runner.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { append, figuresNow } from '../support/figures.ts';
import { sampleHistory } from '../support/history/history.ts';
import { fair } from '../support/history/names.ts';

const now = Date.parse('2026-04-22T11:45:00+07:00');
const history = sampleHistory({ seed: 41, factsMin: 120 });
const log = createLog({ logLevel: 'silent' });

let database: FreshDatabase;
let store: EventStore;
let versions: Map<string, number>;
beforeEach(async () => {
  database = await freshDatabase();
  store = memoryEventStore({ clock: () => now });
  versions = new Map();
  await append(store, history.slice(0, 100), versions);
});
afterEach(() => database.drop());

const db = () => projectorDatabase(database.pool);

const compare: Compare = (pair, fairs) => compareFigures(pair, { fairs, now });

const build = (options: Partial<RebuildOptions> = {}) =>
  rebuild({ db: db(), store, projections, holder: 'builder', batchMax: 30, compare, ...options });

const current = async () => {
  const row = await db()
    .selectFrom('projection_generations')
    .select(['generation', 'position'])
    .where('state', '=', 'current')
    .where('definition', '=', definition)
    .executeTakeFirstOrThrow();
  return row;
};

const valueOf = async (key: string): Promise<number> => {
  const { figures } = await figuresNow(database, now);
  return figures.find((figure) => figure.key === key)?.value ?? Number.NaN;
};

/** What no program should do: the living figures lose their largest number of visits. */
async function spoil(): Promise<void> {
  const { generation } = await current();
  await database.pool.query(
    `update projections_${generation}.attendance_days set visits = visits + 1
     where ctid = (select ctid from projections_${generation}.attendance_days where source = 'walk-in' limit 1)`,
  );
}

describe('a rebuild that compares', { timeout: 120_000 }, () => {
  test('finds the same figures, and shows the new ones', async () => {
    await build();
    const before = await figuresNow(database, now);
    expect(await build()).toMatchObject({ outcome: 'shown', compared: 'same', unexplained: [], expected: [] });
    expect(await figuresNow(database, now)).toEqual(before);
  });

  test('says which figure of which fair differs and how, and leaves the old ones', async () => {
    await build();
    const counted = await valueOf('visits');
    await spoil();
    const { generation } = await current();
    const rebuilt = await build();
    expect(rebuilt).toMatchObject({ outcome: 'refused', compared: 'same', replaced: undefined });
    expect(rebuilt.unexplained).toContainEqual({
      fair,
      figure: 'visits',
      before: String(counted + 1),
      after: String(counted),
    });
    expect(rebuilt.unexplained.map(({ figure }) => figure)).toContain('visits by source walk-in');
    expect((await current()).generation).toBe(generation);
    expect(await valueOf('visits')).toBe(counted + 1);
    const states = await db().selectFrom('projection_generations').select('state').orderBy('generation').execute();
    expect(states.map(({ state }) => state)).toEqual(['current', 'retired']);
  });

  test('says which list differs of which no figure tells', async () => {
    await build();
    const changed = await database.pool.query(
      `update projections_1.gate_pages set postings = set_byte(postings, length(postings) - 4, 127)
       where ctid = (select ctid from projections_1.gate_pages limit 1)`,
    );
    expect(changed.rowCount).toBe(1);
    const rebuilt = await build();
    expect(rebuilt).toMatchObject({
      outcome: 'refused',
      unexplained: [
        {
          fair,
          figure: 'table gate_pages',
          before: expect.stringMatching(/^\d+ rows$/),
          after: expect.stringMatching(/^\d+ rows, with other content$/),
        },
      ],
    });
    await database.pool.query('truncate projections_1.gate_pages');
    const { unexplained } = await build();
    expect(unexplained).toContainEqual(expect.objectContaining({ figure: 'table gate_pages', before: '0 rows' }));
  });

  test('shows what differs where that is accepted', async () => {
    await build();
    const counted = await valueOf('visits');
    await spoil();
    const rebuilt = await build({ accept: 'any' });
    expect(rebuilt.outcome).toBe('shown');
    expect(rebuilt.unexplained.length).toBeGreaterThan(0);
    expect(await valueOf('visits')).toBe(counted);
  });

  test('compares once more, with nobody moving, the fairs that had facts meanwhile', async () => {
    await build();
    const runner = new ProjectionRunner({ db: db(), store, projections, holder: 'living', log, pollSeconds: 0.05 });
    const asked: (readonly string[] | 'all')[] = [];
    const meanwhile: Compare = async (pair, fairs) => {
      asked.push(fairs);
      const found = await compare(pair, fairs);
      if (asked.length > 2) return found;
      const from = 100 + 5 * asked.length;
      await append(store, history.slice(from - 5, from), versions);
      await vi.waitFor(async () => expect((await current()).position).toBe(from), { timeout: 60_000, interval: 20 });
      if (asked.length === 2) await spoil();
      return found;
    };
    try {
      const rebuilt = await build({ compare: meanwhile });
      expect(asked).toEqual(['all', [fair], [fair]]);
      expect(rebuilt.outcome).toBe('refused');
      expect(rebuilt.unexplained.map(({ figure }) => figure)).toContain('visits');
      expect((await build({ accept: 'any' })).outcome).toBe('shown');
    } finally {
      await runner.stop();
    }
  });

  test('counts on to the end of the log where the living figures are behind', async () => {
    await build();
    await append(store, history.slice(100), versions);
    expect(await build()).toMatchObject({ outcome: 'shown', compared: 'same', position: history.length });
    expect((await current()).position).toBe(history.length);
  });
});

describe('figures of an older definition', { timeout: 120_000 }, () => {
  beforeEach(async () => {
    await build();
    await db()
      .updateTable('projection_generations')
      .set({ definition: definition - 1 })
      .execute();
  });

  test('may differ: that is told, and the new ones are shown', async () => {
    await database.pool.query('update projections_1.attendance_days set visits = visits + 1');
    const rebuilt = await build();
    expect(rebuilt).toMatchObject({ outcome: 'shown', compared: 'older', unexplained: [], replaced: undefined });
    expect(rebuilt.expected.map(({ figure }) => figure)).toContain('visits');
    expect((await current()).position).toBe(100);
  });

  test('that this program cannot read are not compared', async () => {
    await database.pool.query('alter table projections_1.attendance_days drop column visits');
    expect(await build()).toMatchObject({ outcome: 'shown', compared: 'unreadable', unexplained: [], expected: [] });
  });
});
