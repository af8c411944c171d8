import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { fair as fairId } from '../../support/history/names.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { sealAll } from '../sealing.ts';
import { groundOf, sealedFair, type SealedFair } from './sealed-fair.ts';

/*
 * The attacker has the whole database, as its superuser, and nothing else: not the signing key, and not the copies
 * beside the database or a checkpoint that somebody has kept.
 */

/** Each counts a fair again, some twice. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let untouched: SealedFair;
let fair: SealedFair;

beforeAll(async () => {
  untouched = await sealedFair();
});
beforeEach(async () => {
  fair = await untouched.copy();
});
afterEach(() => fair.remove());
afterAll(() => untouched.remove());

const half = 'case when position < 0 then -position else position end';
const moved = (from: number, by: number) =>
  `update events set position = -(position + ${by}) where position >= ${from};
   update events set position = ${half} where position < 0`;

const change = (position: number) =>
  `update events set data = jsonb_set(data, '{forged}', 'true') where position = ${position}`;

const insert = (position: number) => `
  insert into events
  select ${position}, gen_random_uuid(), 'forged-1', 1, type, schema, data, meta, occurred_at, recorded_at
  from events order by position limit 1`;

const swap = (a: number, b: number) => `
  update events set position = -position where position in (${a}, ${b});
  update events set position = case when position = -${a} then ${b} else ${a} end where position < 0`;

const positionOf = async (type: string): Promise<number> => {
  const [row] = await fair.database.asOwner<{ position: string }>(
    `select position from events where type = '${type}' and meta ->> 'fair' = '${fairId}' order by position desc limit 1`,
  );
  return Number(row?.position);
};

/** Only what is said about the log itself: figures that follow from it differ too, or not. */
const aboutFacts = async (options?: { readonly head?: string }) => {
  const { equal, differences } = await fair.verify(options);
  return { equal, differences: differences.filter(({ kind }) => kind.startsWith('facts-') || kind === 'log-cut') };
};

test('what nobody touched is equal, each time it is verified, and nothing of the counting stays behind', async () => {
  const first = await fair.verify();
  expect(first).toMatchObject({ equal: true, differences: [], figuresAt: fair.facts, unsealed: { count: 0 } });
  expect(first.sealed?.size).toBe(fair.facts);
  expect(await fair.verify({ head: fair.keptHead })).toEqual(first);
  expect(await fair.database.asOwner('select generation from projection_generations')).toHaveLength(1);
  expect(await fair.database.asOwner(`select 1 from pg_namespace where nspname like 'projections\\_%'`)).toHaveLength(
    1,
  );
});

describe('in the log', () => {
  const cases = [
    ['a row that was changed', change(40), [{ kind: 'facts-changed', from: 40, to: 40 }]],
    ['rows in a run that were changed', `${change(40)}; ${change(41)}`, [{ kind: 'facts-changed', from: 40, to: 41 }]],
    [
      'a row to which a time was given',
      `update events set occurred_at = occurred_at + interval '1 ms' where position = 77`,
      [{ kind: 'facts-changed', from: 77, to: 77 }],
    ],
    ['a row that was removed', 'delete from events where position = 40', [{ kind: 'facts-missing', from: 40, to: 40 }]],
    [
      'a row that was removed, and those after it moved up',
      `delete from events where position = 40; ${moved(41, -1)}`,
      [{ kind: 'facts-missing', from: 40, to: 40, renumbered: true }],
    ],
    [
      'neighbours that were removed, and those after them moved up',
      `delete from events where position in (40, 41); ${moved(42, -2)}`,
      [{ kind: 'facts-missing', from: 40, to: 41, renumbered: true }],
    ],
    [
      'a row that was inserted, and those after it moved down',
      `${moved(40, 1)}; ${insert(40)}`,
      [{ kind: 'facts-inserted', from: 40, to: 40, renumbered: true }],
    ],
    ['a row that was inserted before the first', insert(0), [{ kind: 'facts-inserted', from: 0, to: 0 }]],
    ['two rows that were swapped', swap(40, 120), [{ kind: 'facts-swapped', positions: [40, 120] }]],
    ['two neighbours that were swapped', swap(40, 41), [{ kind: 'facts-swapped', positions: [40, 41] }]],
    [
      'several things at once',
      `${change(7)}; delete from events where position = 40; ${swap(260, 300)}`,
      [
        { kind: 'facts-swapped', positions: [260, 300] },
        { kind: 'facts-changed', from: 7, to: 7 },
        { kind: 'facts-missing', from: 40, to: 40 },
      ],
    ],
  ] as const;

  test.each(cases)('%s is named', async (_, statements, differences) => {
    await fair.tamper(statements);
    expect(await aboutFacts()).toEqual({ equal: false, differences });
    expect(await aboutFacts({ head: fair.keptHead })).toEqual({ equal: false, differences });
  });

  test('an end that was cut off is named', async () => {
    await fair.tamper('delete from events where position > 290');
    const differences = [{ kind: 'log-cut', from: 291, to: fair.facts }];
    expect(await aboutFacts()).toEqual({ equal: false, differences });
  });

  test('a row at the end is not sealed yet, and no more than that', async () => {
    const position = fair.facts + 1;
    await fair.tamper(insert(position));
    expect(await fair.verify()).toMatchObject({ equal: true, unsealed: { count: 1, from: position, to: position } });
  });

  test.each([
    ['a list of leaves outside that is gone', () => rm(join(fair.folder, 'seal/leaves'))],
    ['a list of leaves outside that was cut', () => truncate(join(fair.folder, 'seal/leaves'), 4000)],
  ])('a changed row is named with %s', async (_, lose) => {
    await lose();
    await fair.tamper(change(280));
    const { differences } = await fair.verify();
    expect(differences).toContainEqual({ kind: 'facts-changed', from: 280, to: 280 });
    expect(differences).toContainEqual({ kind: 'leaves-changed', where: 'folder' });
  });

  test('a changed row is named by a kept checkpoint alone, where nothing else is outside', async () => {
    await rm(join(fair.folder, 'seal'), { recursive: true });
    await fair.tamper(change(40));
    expect(await aboutFacts({ head: fair.keptHead })).toEqual({
      equal: false,
      differences: [{ kind: 'facts-changed', from: 40, to: 40 }],
    });
    expect((await fair.verify()).differences).toContainEqual({ kind: 'nothing-kept', size: fair.facts });
  });
});

describe('in the figures', () => {
  test('a number that was changed is named, with both values', async () => {
    await fair.tamper('update projections_1.attendance_days set visits = visits + 1000');
    const { equal, differences } = await fair.verify();
    expect(equal).toBe(false);
    const visits = differences.find((finding) => finding.kind === 'figure-differs' && finding.figure === 'visits');
    expect(visits).toMatchObject({ fair: fairId });
    if (visits?.kind !== 'figure-differs') throw new Error('the visits differ');
    expect(Number(visits.shown) - Number(visits.counted)).toBeGreaterThanOrEqual(1000);
    expect((await aboutFacts()).differences).toEqual([]);
  });

  test('a fair that was hidden is named', async () => {
    await fair.tamper('delete from projections_1.fairs');
    expect((await fair.verify()).differences).toContainEqual({
      kind: 'figure-differs',
      fair: fairId,
      figure: 'status',
      shown: '',
      counted: expect.any(String),
    });
  });

  test.each([
    ['gate_pages', 'delete from projections_1.gate_pages'],
    ['exhibitor_books', 'delete from projections_1.exhibitor_books'],
  ])('rows of %s that were removed are named, of which no document tells', async (table, statements) => {
    await fair.tamper(statements);
    const { equal, differences } = await fair.verify();
    expect(equal).toBe(false);
    expect(differences).toContainEqual({
      kind: 'table-differs',
      fair: fairId,
      table,
      shown: '0 rows',
      counted: expect.stringMatching(/^[1-9]\d* rows$/),
    });
  });

  test('a changed fact shows in the figures that are counted again', async () => {
    const position = await positionOf('WalkInsCounted');
    await fair.tamper(`update events set data = jsonb_set(data, '{persons}', '9999') where position = ${position}`);
    const { differences } = await fair.verify();
    expect(differences).toContainEqual({ kind: 'facts-changed', from: position, to: position });
    expect(differences.some((finding) => finding.kind === 'figure-differs' && finding.figure === 'visits')).toBe(true);
  });
});

describe('in the seal', () => {
  const untouchedLog = { differences: [] };

  test('a checkpoint that was removed is named', async () => {
    await fair.tamper('delete from checkpoints where size = 200');
    expect((await fair.verify()).differences).toEqual([{ kind: 'checkpoint-missing', where: 'database', size: 200 }]);
  });

  test('a seal that was removed whole is found, and the log is told to be whole', async () => {
    await fair.tamper(
      'delete from checkpoints; delete from seal_tiles; delete from seal_keys; update seal_progress set size = 0, position = 0',
    );
    const { equal, differences } = await fair.verify();
    expect(equal).toBe(false);
    const sizes = differences.map((finding) => finding.kind === 'checkpoint-missing' && finding.size);
    expect(sizes.slice(0, 3)).toEqual([100, 200, 300]);
    expect(sizes.at(-1)).toBe(fair.facts);
    expect(await aboutFacts()).toMatchObject(untouchedLog);
  });

  test('what is in the tree beyond its leaves is named: tiles, and hashes and positions in the last ones', async () => {
    const blank = `repeat('00', 32)`;
    const last = Math.floor(fair.facts / 256);
    await fair.tamper(`
      insert into seal_tiles (level, index, hashes, first_position, positions)
        values (0, ${last + 1}, decode(${blank}, 'hex'), 99999, '{99999}'), (1, 1, decode(${blank}, 'hex'), null, null),
               (9, 0, decode(${blank}, 'hex'), null, null);
      update seal_tiles set hashes = hashes || decode(${blank}, 'hex') where level = 0 and index = ${last};
      update seal_tiles set hashes = hashes || decode(${blank}, 'hex') where level = 1 and index = 0`);
    const surplus = (level: number, index: number) => ({ kind: 'tile-surplus', level, index });
    expect((await fair.verify()).differences).toEqual([
      surplus(0, last),
      surplus(0, last + 1),
      surplus(1, 0),
      surplus(1, 1),
      surplus(9, 0),
    ]);
  });

  test('a tile that was changed is named, on every level', async () => {
    await fair.tamper(`update seal_tiles set hashes = set_byte(hashes, 32 * 3, get_byte(hashes, 32 * 3) # 1) where level = 0 and index = 1;
      update seal_tiles set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) where level = 1`);
    expect((await fair.verify()).differences).toEqual([
      { kind: 'tile-changed', level: 0, index: 1, position: 260 },
      { kind: 'tile-changed', level: 1, index: 0 },
    ]);
  });

  test('a tile that would not be found any more is named', async () => {
    await fair.tamper('update seal_tiles set first_position = 1000000 where level = 0 and index = 1');
    expect((await fair.verify()).differences).toEqual([{ kind: 'tile-changed', level: 0, index: 1, position: 257 }]);
  });

  test('a tile that was removed is named', async () => {
    await fair.tamper('delete from seal_tiles where level = 0 and index = 0');
    expect((await fair.verify()).differences).toEqual([{ kind: 'tile-missing', level: 0, index: 0 }]);
  });

  /** Changes a fact and seals the whole log anew, with the same program and a key of the attacker's own. */
  const sealAnew = async (): Promise<void> => {
    await fair.tamper(
      `${change(40)}; delete from checkpoints; delete from seal_tiles; delete from seal_keys; update seal_progress set size = 0, position = 0`,
    );
    const own = await mkdtemp(join(tmpdir(), 'hoi-sach-attacker-'));
    const store = postgresEventStore(fair.database.appUrl);
    await sealAll(groundOf(fair.database, own, store));
    await store.close();
    await rm(own, { recursive: true });
  };

  test('one that was replaced whole, under a key of the attacker’s, hides nothing', async () => {
    await sealAnew();
    const { differences } = await fair.verify();
    expect(differences).toContainEqual({ kind: 'facts-changed', from: 40, to: 40 });
    expect(differences).toContainEqual({ kind: 'tile-changed', level: 0, index: 0, position: 40 });
    expect(differences).toContainEqual(
      expect.objectContaining({ kind: 'checkpoint-replaced', where: 'database', size: fair.facts }),
    );
    expect(differences).toContainEqual(expect.objectContaining({ kind: 'key-replaced', where: 'database' }));
  });

  test('one that was replaced is found by a kept checkpoint alone, which says how far to look', async () => {
    await sealAnew();
    await rm(join(fair.folder, 'seal'), { recursive: true });
    expect((await fair.verify({ head: fair.keptHead })).differences).toContainEqual(
      expect.objectContaining({ kind: 'root-differs', where: 'head', from: 1, to: 200 }),
    );
  });

  test('a checkpoint that was kept of another log contradicts this one', async () => {
    const other = fair.keptHead.replace(/\n[A-Za-z0-9+/]{43}=\n/, `\n${Buffer.alloc(32).toString('base64')}\n`);
    const { equal, differences } = await fair.verify({ head: other });
    expect(equal).toBe(false);
    expect(differences).toContainEqual(expect.objectContaining({ kind: 'root-differs', where: 'head', to: 200 }));
  });

  test('a copy outside that was replaced is named', async () => {
    await writeFile(join(fair.folder, 'seal/checkpoints/200.txt'), fair.keptHead.replace('\n200\n', '\n201\n'));
    expect((await fair.verify()).differences).toEqual([
      expect.objectContaining({ kind: 'checkpoint-replaced', where: 'folder', size: 200 }),
    ]);
  });
});
