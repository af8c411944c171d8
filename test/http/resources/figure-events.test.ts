import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../events/envelope.ts';
import { FactsPage } from '../../../src/contract/facts.ts';
import { readContract } from '../contract.ts';
import { startFair, subjects, type TestFair } from '../harness.ts';
import { approved } from '../some-exhibitor-facts.ts';
import { freshToken, scanBody, scans } from '../some-gate-facts.ts';

const path = ({ fair }: TestFair, figure: string) => `/api/fairs/${fair}/figures/${figure}/events`;

readContract('GET /api/fairs/{fair}/figures/{figure}/events', {
  may: ['organiser', 'auditor', 'owner'],
  good: async (fair) => {
    await fair.projected();
    return { path: path(fair, 'visits') };
  },
  answers: { figure: 'visits', events: [], withheld: 0, next: null },
  bad: [
    { query: 'before=0', at: 'query.before' },
    { query: 'before=first', at: 'query.before' },
    { query: 'after=soon', at: 'query.after' },
  ],
  figures: 'running',
});

describe('the facts behind a number', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair({ figures: 'running' });
  });
  afterAll(() => fair.close());

  const facts = (figure: string, query = '', as: 'organiser' | 'auditor' = 'organiser') =>
    fair.ask('GET', `${path(fair, figure)}${query}`, { as });

  const write = async (to: string, body: object, as: Role) => {
    const answer = await fair.ask('PUT', `/api/fairs/${fair.fair}${to}`, { as, body });
    expect(answer).toMatchObject({ status: 200 });
  };

  const counts = (from: number, to: number): object[] =>
    Array.from({ length: from - to + 1 }, (_, at) => ({ type: 'WalkInsCounted', data: { persons: from - at } }));

  test('are all there, the latest first, page by page', async () => {
    for (let count = 1; count <= 51; count += 1) {
      const body = {
        gate: 'G1',
        direction: 'in',
        category: 'pupil',
        persons: count,
        occurredAt: fair.clock.now,
        sentAt: fair.clock.now,
      };
      await write(`/walk-ins/${fair.id()}`, body, 'device');
    }
    await fair.projected();
    const first = await facts('visits');
    expect(first.body).toMatchObject({ events: counts(51, 2), next: expect.any(Number), withheld: 0 });
    const { next } = FactsPage.parse(first.body);
    expect((await facts('visits', `?before=${next}`)).body).toMatchObject({ events: counts(1, 1), next: null });
    expect((await facts('visits')).body).toMatchObject({
      events: expect.arrayContaining([expect.objectContaining({ actor: { role: 'device', id: subjects.device } })]),
    });
  });

  test('of a figure that nobody collects are none, and of no figure are nothing', async () => {
    await fair.projected();
    expect((await facts('readers')).body).toMatchObject({ events: [], next: null });
    expect((await facts('everything')).status).toBe(404);
  });

  test('of a conflict say what they add to visits and unique visitors, and of others nothing', async () => {
    const token = await freshToken(fair);
    for (const gate of ['G1', 'G2'])
      await scans(fair, scanBody(fair, { token }, { gate, decided: { outcome: 'admitted' } }));
    await fair.projected();
    const { events } = FactsPage.parse((await facts('conflicts')).body);
    expect(events.map(({ effect }) => effect)).toEqual([{ visits: 0, uniqueVisitors: 0 }]);
    const [counted] = FactsPage.parse((await facts('unique-visitors')).body).events;
    expect(counted).not.toHaveProperty('effect');
  });

  test('that no projection could take in are listed with the errors, and the board says that they are missing', async () => {
    const [created] = await fair.ports.store.read(0, 1);
    if (!created) throw new Error('the log is empty');
    const id = fair.id();
    const event = { ...created, id, type: 'FairRevised', data: { settings: null }, occurredAt: fair.clock.now };
    const [written] = await fair.ports.store.append([{ stream: `broken-${id}`, expectedVersion: 0, event }]);
    expect(written).toMatchObject({ outcome: 'appended' });
    await fair.projected();
    const position = await fair.ports.store.head();
    for (const as of ['organiser', 'auditor'] as const) {
      const { events, next } = FactsPage.parse((await facts('parked', '', as)).body);
      expect(events).toMatchObject([{ position, type: 'FairRevised', data: { settings: null } }]);
      expect(events[0]?.parked?.errors.map(({ projection }) => projection)).toEqual(['attendance', 'fairs']);
      expect(Date.parse(events[0]?.parked?.since ?? '')).toBeGreaterThan(0);
      expect(next).toBeNull();
    }
    expect((await facts('parked', `?before=${position}`)).body).toMatchObject({ events: [] });
    const { body } = await fair.ask('GET', `/api/fairs/${fair.fair}/figures`, { as: 'viewer' });
    expect(body).toMatchObject({ status: 'incomplete', attention: { parked: 1 } });
    const elsewhere = await fair.token('organiser', { fair: fair.otherFair });
    const headers = { authorization: `Bearer ${elsewhere}` };
    const other = await fair.ask('GET', `/api/fairs/${fair.otherFair}/figures/parked/events`, { headers });
    expect(other).toMatchObject({ status: 200, body: { events: [] } });
  });

  test('single sales are withheld from the organiser until an auditor lets it look, and after that time again', async () => {
    await approved(fair, subjects.exhibitor);
    const sale = {
      lines: [{ gtin: '9786042000000', copies: 2, paid: 90_000 }],
      payment: 'cash',
      occurredAt: fair.clock.now,
    };
    await write(`/exhibitors/${subjects.exhibitor}/sales/${fair.id()}`, sale, 'exhibitor');
    await fair.projected();
    const sales = [expect.objectContaining({ type: 'SaleRecorded' })];
    expect((await facts('copies-sold', '', 'auditor')).body).toMatchObject({ events: sales, withheld: 0 });
    expect((await facts('copies-sold')).body).toMatchObject({ events: [], withheld: 1 });
    const grant = { expiresAt: fair.clock.now + 60_000, reason: 'kiểm tra doanh thu' };
    await write(`/audit-grants/${fair.id()}`, grant, 'auditor');
    expect((await facts('copies-sold')).body).toMatchObject({ events: sales, withheld: 0 });
    fair.clock.now += 60_001;
    expect((await facts('copies-sold')).body).toMatchObject({ events: [], withheld: 1 });
  });
});
