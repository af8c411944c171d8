import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataOf, type EventType, newEvent } from '../../events/catalogue.ts';
import type { Actor } from '../../events/envelope.ts';
import { FairSettings } from '../../events/fair.ts';
import { FiguresDocument, figureUnits, type FigureKey, PublicFigures } from '../../src/contract/figures.ts';
import { figuresDocument, publicFigures } from '../../src/figures/document.ts';
import { Figures } from '../../src/figures/figures.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { idOf } from '../support/facts.ts';
import { type Happening, logOf } from '../support/history/history.ts';
import { logged, project } from '../support/projected.ts';

const fair = idOf(0xfa1);
const at = (time: string, day = '2026-04-21') => Date.parse(`${day}T${time}:00+07:00`);
const device: Actor = { role: 'device', id: idOf(0xd1) };

let number = 0;
function happened<Type extends EventType>(type: Type, data: DataOf<Type>, occurredAt: number, delayMs = 0): Happening {
  number += 1;
  const meta = { fair, actor: device, digest: 'a'.repeat(43), correlation: 'test' };
  const event = newEvent(type, data, { id: idOf(0xe0000 + number), occurredAt, meta });
  // A pass's facts stand in its stream, the rest here for themselves.
  const stream = 'pass' in data ? `pass-${String(data.pass)}` : `stream-${number}`;
  return { stream, event, recordedAt: occurredAt + delayMs };
}

const settings = (exits: 'scanned' | 'not-scanned') =>
  FairSettings.parse({
    name: { vi: 'Ngày Sách Bắc Ninh', en: 'Bắc Ninh Book Day' },
    province: '24',
    days: ['2026-04-21', '2026-04-22'],
    closes: '21:00',
    sites: [{ code: 'A', name: 'Quảng trường', capacity: 800 }],
    gates: [
      { code: 'G1', name: 'Cổng chính', site: 'A', exits },
      { code: 'G2', name: 'Cổng sau', site: 'A', exits },
    ],
    visitRules: [{ from: '2026-04-21', rule: { kind: 'per-day' } }],
  });

const created = (exits: 'scanned' | 'not-scanned') =>
  happened('FairCreated', { fair, settings: settings(exits), passKey: 'k'.repeat(43) }, at('06:00', '2026-04-20'));

const scanned = (pass: number, time: string, about: Partial<DataOf<'VisitorCheckedIn'>> = {}, delayMs = 0) => {
  const own = { scan: idOf(0x5000 + (number += 1)), pass: idOf(pass), site: 'A', gate: 'G1', partySize: 4, persons: 2 };
  const kind = {
    category: 'family',
    source: 'pass',
    decidedBy: 'device',
    trust: 'verified',
    outcome: 'admitted',
  } as const;
  return happened('VisitorCheckedIn', { ...own, ...kind, ...about }, at(time), delayMs);
};
const left = (pass: number, time: string, persons: number) => {
  const own = { scan: idOf(0x5000 + (number += 1)), pass: idOf(pass), site: 'A', gate: 'G1', partySize: 4, persons };
  const kind = { category: 'family', source: 'pass', decidedBy: 'device', trust: 'verified' } as const;
  return happened('VisitorCheckedOut', { ...own, ...kind }, at(time));
};
const walkIn = (persons: number, time: string, direction: 'in' | 'out' = 'in') =>
  happened(
    'WalkInsCounted',
    { count: idOf(0x6000 + (number += 1)), site: 'A', gate: 'G2', direction, category: 'individual', persons },
    at(time),
  );

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function documentOf(history: readonly Happening[], now: number): Promise<FiguresDocument> {
  await project(database, logOf(history), { batchMax: 1000 });
  const document = await figuresDocument(figuresDatabase(database.pool), fair, now);
  if (!document) throw new Error('the fair is not in the figures');
  return FiguresDocument.parse(document);
}

const figureIn = ({ figures }: FiguresDocument, key: FigureKey) => figures.find((figure) => figure.key === key);

describe('the figures document', () => {
  test('holds every figure of the dictionary, in its order, and null for what nobody collects', async () => {
    const document = await documentOf([created('scanned')], at('08:00'));
    expect(document.figures.map(({ key }) => key)).toEqual(Object.keys(figureUnits));
    expect(document.figures.filter(({ value }) => value === null).map(({ key, status }) => [key, status])).toEqual(
      ['activities-planned', 'activities-held', 'readers', 'circulation'].map((key) => [key, 'not-collected']),
    );
    expect(document).toMatchObject({
      name: { vi: 'Ngày Sách Bắc Ninh', en: 'Bắc Ninh Book Day' },
      status: 'provisional',
      sentence: { vi: 'chưa có số liệu' },
      warnings: [],
      today: { day: '2026-04-21', visits: 0 },
      inside: [{ site: 'A', name: 'Quảng trường', now: 0, capacity: 800 }],
    });
  });

  test('says numbers in the rounded words, and people as a lower bound', async () => {
    const document = await documentOf(
      [created('scanned'), scanned(1, '08:00'), walkIn(20, '08:01'), walkIn(20, '09:00', 'out')],
      at('10:00'),
    );
    expect(figureIn(document, 'visits')).toEqual({
      key: 'visits',
      value: 22,
      unit: 'person',
      definition: 'visits',
      status: 'provisional',
      estimate: false,
      wording: { vi: 'trên 20', en: 'over 20' },
      bound: 'exact',
    });
    expect(figureIn(document, 'unique-visitors')).toMatchObject({
      value: 1,
      bound: 'at-least',
      wording: { vi: 'ít nhất 1 người', en: 'at least 1 person' },
    });
    expect(document.sentence.vi).toBe('trên 20 lượt người tham gia');
  });

  test('says who is inside now, the most there were, and nobody after closing', async () => {
    const facts = [
      created('scanned'),
      scanned(1, '08:00'),
      scanned(2, '08:00', { persons: 4 }),
      left(2, '09:30', 4),
      walkIn(3, '11:00'),
      walkIn(1, '12:00', 'out'),
    ];
    const insideAt = async (time: string) => {
      const document = await documentOf(facts, at(time));
      return [
        figureIn(document, 'inside-now')?.value,
        figureIn(document, 'peak-inside')?.value,
        document.inside[0]?.now,
      ];
    };
    expect(await insideAt('08:30')).toEqual([6, 6, 6]);
    expect(await insideAt('10:00')).toEqual([2, 6, 2]);
    expect(await insideAt('20:59')).toEqual([4, 6, 4]);
    expect(await insideAt('21:00')).toEqual([0, 6, 0]);
  });

  test.each([
    ['exits are scanned and everybody is', 'scanned', [scanned(1, '08:00')], false],
    ['exits are not scanned', 'not-scanned', [scanned(1, '08:00')], true],
    ['walk-ins are counted in and never out', 'scanned', [walkIn(5, '08:00')], true],
    ['walk-ins are counted in and out', 'scanned', [walkIn(5, '08:00'), walkIn(5, '09:00', 'out')], false],
  ] as const)('says whether persons inside are an estimate: %s', async (_, exits, facts, estimate) => {
    const document = await documentOf([created(exits), ...facts], at('08:30'));
    const figure = figureIn(document, 'inside-now');
    expect(figure?.estimate).toBe(estimate);
    expect(figure?.wording?.vi.startsWith('ước ')).toBe(estimate);
    expect(figureIn(document, 'visits')?.estimate).toBe(false);
  });

  test('lists two gates that admitted one pass, late facts and repeat reads, and counts the pass once', async () => {
    const offline = { decidedBy: 'device', outcome: 'admitted' } as const;
    const facts = [
      scanned(1, '09:02', offline),
      scanned(1, '09:02', { ...offline }),
      scanned(1, '09:04', { ...offline, gate: 'G2' }, 3_600_000),
      scanned(2, '09:04', { trust: 'unverified', source: 'poster' }),
    ];
    const document = await documentOf([created('not-scanned'), ...facts], at('12:00'));
    expect(document.attention).toEqual({
      parked: 0,
      conflicts: 1,
      late: 1,
      unverified: 1,
      repeatReads: 1,
      outsideDays: 0,
      afterClosing: 0,
    });
    expect(figureIn(document, 'visits')?.value).toBe(2);
    expect(figureIn(document, 'entries')?.value).toBe(4);
    expect(figureIn(document, 'unique-visitors')?.value).toBe(1);
  });

  test('names sites and gates, and its rows add up', async () => {
    const document = await documentOf([created('scanned'), scanned(1, '08:00'), walkIn(5, '08:11')], at('10:00'));
    expect(document.breakdowns.find(({ figure, by }) => figure === 'visits' && by === 'gate')?.rows).toEqual([
      { key: 'G1', label: 'Cổng chính', value: 2 },
      { key: 'G2', label: 'Cổng sau', value: 5 },
    ]);
    expect(document.curves).toEqual([
      {
        day: '2026-04-21',
        buckets: [
          { minute: 480, visits: 2, entries: 2 },
          { minute: 490, visits: 5, entries: 5 },
        ],
      },
    ]);
    for (const { figure, rows } of document.breakdowns) {
      const total = document.figures.find(({ key }) => key === figure)?.value;
      expect([figure, rows.reduce((sum, { value }) => sum + value, 0)]).toEqual([figure, total]);
    }
  });

  test('shows everybody the total alone', async () => {
    const document = await documentOf([created('scanned'), scanned(1, '08:00')], at('10:00'));
    const shown = publicFigures(document);
    expect(PublicFigures.strict().parse(shown)).toEqual(shown);
    expect(shown).toMatchObject({ fair, status: 'provisional', visits: { value: 2 } });
  });

  test('is there for no fair that does not exist', async () => {
    expect(await figuresDocument(figuresDatabase(database.pool), idOf(0xdead), at('10:00'))).toBeUndefined();
  });
});

describe('figures that many ask for', () => {
  test('are computed once for each position and minute', async () => {
    await project(database, logOf([created('scanned'), scanned(1, '08:00')]), { batchMax: 10 });
    const clock = { now: at('10:00') };
    const figures = new Figures(figuresDatabase(database.pool), { log: logged([]), clock: () => clock.now });
    const [one, other] = await Promise.all([figures.document(fair), figures.document(fair)]);
    expect(other).toBe(one);
    clock.now += 59_000;
    expect(await figures.document(fair)).toBe(one);
    clock.now += 1000;
    const later = await figures.document(fair);
    expect(later).not.toBe(one);
    expect({ ...later, asOf: one?.asOf }).toEqual(one);
    await project(database, logOf([created('scanned'), scanned(1, '08:00'), scanned(2, '08:00')]), { batchMax: 10 });
    expect(figureIn(FiguresDocument.parse(await figures.document(fair)), 'visits')?.value).toBe(4);
    expect(await figures.document(idOf(0xdead))).toBeUndefined();
  });

  test('say how old they are where they are behind the log', async () => {
    const events = logOf([created('scanned'), scanned(1, '08:00'), scanned(2, '09:00')]);
    const missing = events[2]?.recordedAt ?? 0;
    const asOf = async () => {
      const figures = new Figures(figuresDatabase(database.pool), { log: logged(events), clock: () => at('10:00') });
      return Date.parse((await figures.document(fair))?.asOf ?? '');
    };
    await project(database, events.slice(0, 2), { batchMax: 10 });
    expect(missing).toBeLessThan(at('10:00'));
    expect(await asOf()).toBe(missing);
    await project(database, events, { batchMax: 10 });
    expect(await asOf()).toBe(at('10:00'));
  });
});
