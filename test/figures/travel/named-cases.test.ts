import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FairSettings } from '../../../events/fair.ts';
import type { StoredEvent } from '../../../events/envelope.ts';
import { happening } from '../../support/history/happening.ts';
import type { Happening } from '../../support/history/history.ts';
import { fair, named } from '../../support/history/names.ts';
import { project } from '../../support/projected.ts';
import { type Asked, logFrom, recordedAt, type TwoLogs, twoLogs } from './two-logs.ts';

const nine = Date.parse('2026-04-21T09:00:00+07:00');
const settings = FairSettings.parse({
  name: { vi: 'Hội sách' },
  province: '24',
  days: ['2026-04-21'],
  sites: [{ code: 'A', name: 'Quảng trường' }],
  gates: [
    { code: 'G1', name: 'Cổng 1', site: 'A', exits: 'scanned' },
    { code: 'G2', name: 'Cổng 2', site: 'A', exits: 'not-scanned' },
  ],
  visitRules: [{ from: '2026-04-21', rule: { kind: 'per-day' } }],
});
const created = happening(0, 'FairCreated', { fair, settings, passKey: 'k'.repeat(43) }, `fair-${fair}`);

const pass = named('pass', 1);
/** So many seconds after nine. */
const checkedIn = (second: number, persons: number, gate = 'G2'): Happening =>
  happening(
    second,
    'VisitorCheckedIn',
    {
      scan: named('fact', second),
      pass,
      site: 'A',
      gate,
      category: 'family',
      partySize: 8,
      persons,
      source: 'pass',
      trust: 'verified',
      decidedBy: 'device',
      outcome: 'admitted',
    },
    `pass-${pass}`,
  );
const undone = (second: number, target: number): Happening =>
  happening(
    second,
    'FactVoided',
    { void: named('void', second), kind: 'scan', target: named('fact', target), reason: 'nhầm', pass },
    `pass-${pass}`,
  );
const walkIns = (second: number, persons: number): Happening => {
  const counted = { count: named('fact', second), site: 'A', gate: 'G2', direction: 'in', category: 'pupil' } as const;
  return happening(second, 'WalkInsCounted', { ...counted, persons });
};

let logs: TwoLogs;
beforeAll(async () => {
  logs = await twoLogs();
});
afterAll(() => logs.drop());

async function figuresThen(log: readonly StoredEvent[], asked: Asked): Promise<Record<string, number | null>> {
  const now = Math.min(asked.trueAt ?? nine + 86_400_000, asked.knownAt ?? Infinity);
  const found = await logs.lookedBack(log, asked, now);
  expect(found).toEqual({ ...(await logs.foldedThen(log, asked, now)), position: found?.position });
  return Object.fromEntries((found?.document?.figures ?? []).map(({ key, value }) => [key, value]));
}

const shown = async (happened: readonly Happening[]): Promise<StoredEvent[]> => {
  const log = logFrom(happened);
  await project(logs.shown, log, { batchMax: 1000 });
  return log;
};

/** Each question is answered twice: by looking back, and by a new generation. */
describe('a look back', { timeout: 180_000 }, () => {
  test('counts an admission as large as it was by then, and not as large as a later one made it', async () => {
    const log = await shown([created, checkedIn(100, 2), checkedIn(200, 5), checkedIn(300, 8)]);
    expect(await figuresThen(log, {})).toMatchObject({ visits: 8, entries: 15 });
    expect(await figuresThen(log, { trueAt: nine + 250_000 })).toMatchObject({ visits: 5, entries: 7 });
    expect(await figuresThen(log, { trueAt: nine + 150_000 })).toMatchObject({ visits: 2, entries: 2 });
    expect(await figuresThen(log, { knownAt: recordedAt(3) })).toMatchObject({ visits: 5, entries: 7 });
  });

  test('counts an undo as soon as it is known, whenever it was pressed', async () => {
    const log = await shown([created, checkedIn(100, 2), walkIns(150, 10), undone(900, 100)]);
    expect(await figuresThen(log, { trueAt: nine + 200_000 })).toMatchObject({ visits: 10 });
    expect(await figuresThen(log, { trueAt: nine + 200_000, knownAt: recordedAt(3) })).toMatchObject({ visits: 12 });
  });

  test('knows each fact of a pass that is scanned without end, though they are judged together', async () => {
    const scans = Array.from({ length: 240 }, (_, nth) =>
      checkedIn(60 * (nth + 1), 1 + (nth % 8), `G${1 + (nth % 2)}`),
    );
    const log = await shown([created, ...scans.slice(0, 150), undone(60 * 151, 60), ...scans.slice(150)]);
    for (const position of [80, 130, 151, 152, 200])
      expect((await figuresThen(log, { knownAt: recordedAt(position) }))['entries']).toBeGreaterThan(0);
    expect(await figuresThen(log, { trueAt: nine + 120_000 })).toMatchObject({ entries: 2, visits: 2 });
  });

  test('tells the figures of a closing while they were closed, and of all that was held when they were opened again', async () => {
    const stream = `fair-${fair}`;
    const closed = happening(2000, 'FiguresClosed', { closing: named('other', 1) }, stream);
    const reopened = happening(2100, 'FiguresReopened', { reopening: named('other', 2), reason: 'Đếm sót' }, stream);
    const again = happening(2200, 'FiguresClosed', { closing: named('other', 3) }, stream);
    const log = await shown([created, walkIns(1, 10), closed, walkIns(2, 5), reopened, again, walkIns(3, 1)]);
    const statusThen = async (knownAt: number) => {
      const { visits } = await figuresThen(log, { knownAt });
      const found = await logs.lookedBack(log, { knownAt }, knownAt);
      return [visits, found?.document?.status, found?.document?.attention.afterClosing];
    };
    expect(await statusThen(recordedAt(2))).toEqual([10, 'provisional', 0]);
    expect(await statusThen(recordedAt(3))).toEqual([10, 'final', 0]);
    expect(await statusThen(recordedAt(4))).toEqual([10, 'final', 1]);
    expect(await statusThen(recordedAt(5))).toEqual([15, 'provisional', 0]);
    expect(await statusThen(recordedAt(7))).toEqual([15, 'final', 1]);
  });

  test('sees nothing of a fair before it was known, and leaves nothing behind', async () => {
    const log = await shown([walkIns(1, 3), created]);
    const before = await logs.lookedBack(log, { knownAt: recordedAt(1) }, nine);
    expect(before).toMatchObject({ position: 1, document: undefined });
    const { rows } = await logs.shown.pool.query(`select relname from pg_class where relpersistence = 't'`);
    expect(rows).toEqual([]);
    expect(await figuresThen(log, {})).toMatchObject({ visits: 3 });
  });
});
