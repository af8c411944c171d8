import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../events/envelope.ts';
import { ExhibitorDays } from '../../../src/contract/exhibitor-figures.ts';
import { FactsPage } from '../../../src/contract/facts.ts';
import { FiguresDocument } from '../../../src/contract/figures.ts';
import { createApp } from '../../../src/http/app.ts';
import { limitsOf, usualLimits } from '../../../src/http/limits.ts';
import { type Asked, ask, startFair, subjects, type TestFair } from '../harness.ts';
import { approved } from '../some-exhibitor-facts.ts';

let fair: TestFair;
/** When the first facts were known, ms; others came an hour later. */
let first: number;
beforeAll(async () => {
  fair = await startFair({ figures: 'running' });
  await walkIns(4);
  await approved(fair, subjects.exhibitor);
  await sale(2);
  first = fair.clock.now;
  fair.clock.now += 3_600_000;
  await walkIns(5);
  await walkIns(10, first - 60_000);
  await sale(1);
  await fair.projected();
});
afterAll(() => fair.close());

async function walkIns(persons: number, occurredAt = fair.clock.now): Promise<void> {
  const counted = { gate: 'G1', direction: 'in', category: 'pupil', persons, occurredAt, sentAt: fair.clock.now };
  await write(`/walk-ins/${fair.id()}`, counted, 'device');
}

async function sale(copies: number): Promise<void> {
  const lines = [{ gtin: '9786041234567', name: 'Dế Mèn', copies, paid: 50_000 * copies }];
  const body = { lines, payment: 'cash', occurredAt: fair.clock.now, sentAt: fair.clock.now };
  await write(`/exhibitors/${subjects.exhibitor}/sales/${fair.id()}`, body, 'exhibitor');
}

async function write(to: string, body: object, as: Role): Promise<void> {
  expect(await fair.ask('PUT', `/api/fairs/${fair.fair}${to}`, { as, body })).toMatchObject({ status: 200 });
}

const iso = (moment: number): string => new Date(moment).toISOString();
const read = (path: string, as: Role = 'organiser'): Promise<Asked> =>
  fair.ask('GET', `/api/fairs/${fair.fair}${path}`, { as });

const valueIn = ({ status, body }: Asked, figure: string): number | null | undefined => {
  expect({ status, body }).toMatchObject({ status: 200 });
  return FiguresDocument.parse(body).figures.find(({ key }) => key === figure)?.value;
};

describe('the figures of the past', { timeout: 120_000 }, () => {
  test('are those that were known by a moment, were true by one, or both', async () => {
    expect(valueIn(await read('/figures'), 'visits')).toBe(19);
    expect(valueIn(await read(`/figures?knownAt=${iso(first)}`), 'visits')).toBe(4);
    expect(valueIn(await read(`/figures?asOf=${iso(first)}`), 'visits')).toBe(14);
    expect(valueIn(await read(`/figures?asOf=${iso(first)}&knownAt=${iso(first)}`), 'visits')).toBe(4);
    expect(valueIn(await read(`/figures?asOf=${iso(first - 30_000)}`), 'visits')).toBe(10);
    expect(valueIn(await read(`/figures?knownAt=${iso(first)}`), 'copies-sold')).toBe(2);
  });

  test('say of when they are, and up to where the log was read', async () => {
    const { body } = await read(`/figures?asOf=${iso(first - 1000)}&knownAt=${iso(first)}`);
    expect(body).toMatchObject({ asOf: iso(first - 1000), knownAt: iso(first), position: expect.any(Number) });
    const now = await read(`/figures?asOf=${iso(first)}`);
    expect(now.body).toMatchObject({ knownAt: iso(fair.clock.now), position: await fair.ports.store.head() });
    expect(now.headers.get('cache-control')).toBe('private, no-store');
    expect((await read('/figures')).body).not.toHaveProperty('knownAt');
  });

  test('take a moment with any offset, and a plus that was not encoded', async () => {
    const local = iso(first + 7 * 3_600_000).replace('Z', '');
    for (const moment of [`${local}%2B07:00`, `${local}+07:00`, iso(first)])
      expect(valueIn(await read(`/figures?knownAt=${moment}`), 'visits'), moment).toBe(4);
  });

  test.each(['2026-04-21', '2026-04-21T17:00:00', 'yesterday', '1776736800000', ''])(
    'name the field where a moment is none: “%s”',
    async (moment) => {
      for (const name of ['asOf', 'knownAt'])
        expect(await read(`/figures?${name}=${moment}`)).toMatchObject({
          status: 400,
          body: { errors: [{ path: `query.${name}`, message: expect.stringContaining('2026-04-21T17:00:00+07:00') }] },
        });
    },
  );

  test('are none of moments to come', async () => {
    const later = iso(fair.clock.now + 1000);
    expect(await read(`/figures?asOf=${later}&knownAt=${later}`)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'query.asOf' }, { path: 'query.knownAt', message: 'must not lie in the future' }] },
    });
  });

  test('are nothing of a fair that was not known then, nor of one that does not exist', async () => {
    expect((await read(`/figures?knownAt=${iso(first - 86_400_000)}`)).status).toBe(404);
    const nowhere = await fair.ask('GET', `/api/fairs/${fair.id()}/figures?asOf=${iso(first)}`, { as: 'owner' });
    expect(nowhere.status).toBe(404);
  });

  test('list the facts behind them, and the days of exhibitors', async () => {
    const behind = FactsPage.parse((await read(`/figures/visits/events?knownAt=${iso(first)}`)).body);
    expect(behind).toMatchObject({ events: [{ data: { persons: 4 } }], knownAt: iso(first), asOf: iso(first) });
    const true_ = FactsPage.parse((await read(`/figures/visits/events?asOf=${iso(first)}`)).body);
    expect(true_.events.map(({ data }) => data['persons'])).toEqual([10, 4]);
    const nothing = await read(`/figures/visits/events?knownAt=${iso(first - 86_400_000)}`);
    expect(nothing.status).toBe(404);
    for (const path of [`/exhibitors/${subjects.exhibitor}/daily-figures`, '/daily-figures']) {
      const { days, knownAt } = ExhibitorDays.parse((await read(`${path}?knownAt=${iso(first)}`)).body);
      expect(days.map(({ recorded }) => recorded.copiesSold)).toEqual([2]);
      expect(knownAt).toBe(iso(first));
      expect(ExhibitorDays.parse((await read(path)).body).days.map(({ counted }) => counted.copiesSold)).toEqual([3]);
    }
  });

  test('are for viewers and more alone', async () => {
    for (const as of ['viewer', 'organiser', 'auditor', 'owner'] as const)
      expect((await read(`/figures?asOf=${iso(first)}`, as)).status, as).toBe(200);
    for (const as of ['public', 'device', 'exhibitor', 'till', 'application-link', 'group-link'] as const) {
      for (const query of [`asOf=${iso(first)}`, `knownAt=${iso(first)}`])
        expect(await read(`/figures?${query}`, as), as).toMatchObject({
          status: 403,
          body: { type: 'urn:hoi-sach:problem:forbidden', detail: expect.stringContaining('Figures of the past') },
        });
      expect((await read('/figures', as)).status, as).toBe(200);
    }
    const own = `/exhibitors/${subjects.exhibitor}/daily-figures`;
    for (const as of ['exhibitor', 'till'] as const)
      expect((await read(`${own}?asOf=${iso(first)}`, as)).status, as).toBe(403);
    const elsewhere = await fair.token('viewer', { fair: fair.otherFair });
    const headers = { authorization: `Bearer ${elsewhere}` };
    const path = `/api/fairs/${fair.fair}/figures?asOf=${iso(first)}`;
    expect((await fair.ask('GET', path, { headers })).status).not.toBe(200);
  });

  test('are told a few times in a row, and to a few at once', async () => {
    const token = await fair.token('viewer');
    const asked = { headers: { authorization: `Bearer ${token}` } };
    const path = `/api/fairs/${fair.fair}/figures?asOf=${iso(first)}`;
    const past = { credential: { perSecond: 0.01, burst: 2 }, atOnceMax: 2 };
    const slow = createApp({ ...fair.ports, limits: limitsOf({ ...usualLimits, past }) });
    const statuses = [];
    for (const _ of ['1st', '2nd', '3rd']) statuses.push((await ask(slow, 'GET', path, asked)).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await ask(slow, 'GET', path.replace(/\?.*/, ''), asked)).status).toBe(200);

    const [limits, one] = [limitsOf(usualLimits), { actor: { role: 'viewer', id: 'v' } as const, fair: null }];
    const caller = { ...one, by: 'bearer', credential: 'c' } as const;
    const places = [limits.lookBack(caller), limits.lookBack(caller)];
    expect(limits.lookBack(caller)).toEqual({ retryAfterSeconds: 1 });
    for (const place of places) if (typeof place === 'function') place();
    expect(limits.lookBack(caller)).toEqual(expect.any(Function));
  });
});
