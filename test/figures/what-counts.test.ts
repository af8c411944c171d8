import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataOf, type EventType, newEvent } from '../../events/catalogue.ts';
import type { Actor } from '../../events/envelope.ts';
import { FairSettings } from '../../events/fair.ts';
import { figuresDocument } from '../../src/figures/document.ts';
import { factsBehind } from '../../src/figures/facts-behind.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { idOf, organiser } from '../support/facts.ts';
import { type Happening, logOf } from '../support/history/history.ts';
import { project } from '../support/projected.ts';

const fair = idOf(0xfa1);
const device: Actor = { role: 'device', id: idOf(0xd1) };
const at = (day: string, time: string) => Date.parse(`2026-04-${day}T${time}:00+07:00`);
const now = at('23', '12:00');

let number = 0;
function happened<Type extends EventType>(
  type: Type,
  data: DataOf<Type>,
  occurredAt: number,
  actor = device,
): Happening {
  number += 1;
  const meta = { fair, actor, digest: 'a'.repeat(43), correlation: 'test' };
  const event = newEvent(type, data, { id: idOf(0xe0000 + number), occurredAt, meta });
  return { stream: streamOf(event.data), event, recordedAt: occurredAt };
}

/** Whatever is said of a pass stands in its stream, the rest here for itself. */
function streamOf(data: object): string {
  if ('pass' in data) return `pass-${String(data.pass)}`;
  return 'acceptance' in data ? `pass-${idOf(0x11)}` : `stream-${number}`;
}

const settings = (about: { days?: string[]; gates?: string[] } = {}) =>
  FairSettings.parse({
    name: { vi: 'Ngày Sách Bắc Ninh' },
    province: '24',
    days: about.days ?? ['2026-04-21', '2026-04-22'],
    sites: [{ code: 'A', name: 'Quảng trường' }],
    gates: (about.gates ?? ['G1', 'G2']).map((code) => ({ code, name: code, site: 'A', exits: 'scanned' })),
    visitRules: [{ from: '2026-04-21', rule: { kind: 'per-day' } }],
  });
const created = () =>
  happened('FairCreated', { fair, settings: settings(), passKey: 'k'.repeat(43) }, at('19', '06:00'), organiser);
const revised = (about: Parameters<typeof settings>[0]) =>
  happened('FairRevised', { fair, revision: idOf(0x777), settings: settings(about) }, at('22', '20:00'), organiser);
const admitted = (scan: number, pass: number, occurredAt: number, about: Partial<DataOf<'VisitorCheckedIn'>> = {}) => {
  const own = { scan: idOf(scan), pass: idOf(pass), site: 'A', gate: 'G1', partySize: 1, persons: 1 };
  const kind = { category: 'individual', source: 'pass', decidedBy: 'device', trust: 'verified' } as const;
  return happened('VisitorCheckedIn', { ...own, ...kind, outcome: 'admitted', ...about }, occurredAt);
};

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function figuresOf(history: readonly Happening[]) {
  await project(database, logOf(history), { batchMax: 2 });
  const document = await figuresDocument(figuresDatabase(database.pool), fair, now);
  if (!document) throw new Error('the fair is not in the figures');
  const { attention, figures } = document;
  return { attention, value: (key: string) => figures.find((figure) => figure.key === key)?.value };
}

describe('what happened on a day that is none of the fair’s', () => {
  const trial = () => [
    admitted(1, 0x11, at('20', '16:00')),
    happened(
      'WalkInsCounted',
      { count: idOf(2), site: 'A', gate: 'G1', direction: 'in', category: 'pupil', persons: 10 },
      at('20', '16:01'),
    ),
    happened(
      'GroupArrived',
      { arrival: idOf(3), group: idOf(0x90), site: 'A', gate: 'G1', persons: 40 },
      at('20', '17:00'),
    ),
  ];

  test('counts like everything else, and is listed', async () => {
    const { attention, value } = await figuresOf([created(), ...trial(), admitted(4, 0x12, at('21', '00:00'))]);
    expect(attention).toMatchObject({ outsideDays: 3, conflicts: 0 });
    expect(['visits', 'entries', 'unique-visitors', 'pupils'].map(value)).toEqual([52, 52, 2, 40]);
    const list = await factsBehind(figuresDatabase(database.pool), fair, 'outside-days', { limit: 9, now });
    expect(list?.positions).toEqual([4, 3, 2]);
  });

  test('is no longer listed once a revision makes the day one of the fair’s, and is when it is not any more', async () => {
    const held = revised({ days: ['2026-04-20', '2026-04-21'] });
    const { attention, value } = await figuresOf([created(), ...trial(), admitted(4, 0x12, at('22', '08:00')), held]);
    expect([attention.outsideDays, value('visits'), value('pupils')]).toEqual([1, 52, 40]);
  });
});

test('a device that tells of more persons than the pass is for adds the party, to all figures alike', async () => {
  const { value } = await figuresOf([created(), admitted(1, 0x11, at('21', '08:00'), { persons: 5000, partySize: 2 })]);
  expect(['visits', 'entries', 'peak-inside'].map(value)).toEqual([2, 2, 2]);
});

test('a conflict stays one when its gate is taken away', async () => {
  const facts = [created(), admitted(1, 0x11, at('21', '08:00')), admitted(2, 0x11, at('21', '09:00'))];
  expect((await figuresOf(facts)).attention.conflicts).toBe(1);
  expect((await figuresOf([...facts, revised({ gates: ['G2'] })])).attention.conflicts).toBe(1);
});

test('a conflict is listed with what it adds to visits and unique visitors', async () => {
  const [g1, g2] = [{ partySize: 4 }, { partySize: 4, gate: 'G2' }];
  await figuresOf([
    created(),
    // Two gates let in the party while they were offline: the second makes it three instead of one.
    admitted(1, 0x11, at('21', '09:02'), { ...g1, persons: 1 }),
    admitted(2, 0x11, at('21', '09:04'), { ...g2, persons: 3 }),
    // Nothing but the conflicting admission, of a pass that was revoked before.
    happened(
      'PassRevoked',
      { pass: idOf(0x12), revocation: idOf(0x12), reason: 'mất thẻ' },
      at('21', '08:00'),
      organiser,
    ),
    admitted(3, 0x12, at('21', '09:00'), { ...g1, persons: 2 }),
    // The same, of staff, who are no visits.
    happened(
      'PassRevoked',
      { pass: idOf(0x13), revocation: idOf(0x13), reason: 'mất thẻ' },
      at('21', '08:00'),
      organiser,
    ),
    admitted(4, 0x13, at('21', '09:00'), { category: 'staff' }),
    // Once too often at one gate: the pass counts once anyway.
    admitted(5, 0x14, at('21', '09:00')),
    admitted(6, 0x14, at('21', '10:00')),
  ]);
  const list = await factsBehind(figuresDatabase(database.pool), fair, 'conflicts', { limit: 9, now });
  expect(list?.positions).toEqual([9, 7, 5, 3]);
  expect(list?.effects).toEqual(
    new Map([
      [3, { visits: 2, uniqueVisitors: 0 }],
      [5, { visits: 2, uniqueVisitors: 1 }],
      [7, { visits: 0, uniqueVisitors: 0 }],
      [9, { visits: 0, uniqueVisitors: 0 }],
    ]),
  );
});

test('what came after the closing is listed beside the final figures, the latest first, and in none of them', async () => {
  const closed = happened('FiguresClosed', { closing: idOf(0xc1) }, at('21', '22:00'), organiser);
  const late = () => [admitted(2, 0x12, at('21', '09:00')), admitted(3, 0x13, at('21', '09:00'))];
  const renamed = revised({});
  const { attention, value } = await figuresOf([
    created(),
    admitted(1, 0x11, at('21', '08:00')),
    closed,
    ...late(),
    renamed,
  ]);
  expect([attention.afterClosing, value('visits')]).toEqual([2, 1]);
  const page = (query: object) =>
    factsBehind(figuresDatabase(database.pool), fair, 'after-closing', { limit: 1, now, ...query });
  expect(await page({})).toMatchObject({ positions: [5], next: 5 });
  expect(await page({ before: 5 })).toMatchObject({ positions: [4], next: null });
});

test('an acceptance stands, whenever an undo of no effect comes that has its id', async () => {
  const scan = 1;
  const facts = [created(), admitted(scan, 0x11, at('21', '08:00'), { trust: 'unverified' })];
  const accepted = happened('ScanAccepted', { acceptance: idOf(scan), scan: idOf(scan) }, at('21', '08:05'), organiser);
  const about = { kind: 'scan', target: idOf(scan), reason: 'nhầm', pass: idOf(0x99) } as const;
  const undo = happened('FactVoided', { void: idOf(scan), ...about }, at('21', '08:06'));
  for (const marks of [
    [accepted, undo],
    [undo, accepted],
  ])
    expect((await figuresOf([...facts, ...marks])).value('visits')).toBe(1);
});
