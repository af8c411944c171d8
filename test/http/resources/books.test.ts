import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../contract.ts';
import { startFair, subjects, type TestFair } from '../harness.ts';
import { approved } from '../some-exhibitor-facts.ts';

const at = ({ fair }: TestFair, more: string) => `/api/fairs/${fair}/exhibitors/${subjects.exhibitor}${more}`;
const title = { gtin: '978-604-1-23456-7', copies: 2, paid: '90.000' };
const times = ({ clock }: TestFair) => ({ occurredAt: clock.now, sentAt: clock.now });
const badTimes = [
  { with: { occurredAt: 'hôm nay' }, at: 'body.occurredAt' },
  { with: { occurredAt: '2026-04-21T10:00:00+07:00' }, at: 'body.occurredAt' },
  { with: { sentAt: 'now' }, at: 'body.sentAt' },
  { with: { occurredAt: '0000-06-01T00:00:00Z' }, at: 'body.occurredAt' },
  { with: { occurredAt: -1 }, at: 'body.occurredAt' },
  { with: { occurredAt: '9999-12-31T23:59:59-12:00' }, at: 'body.occurredAt' },
  { with: { occurredAt: 0, sentAt: 253_402_275_599_999 }, at: 'body.occurredAt' },
  { with: { occurredAt: 0, sentAt: 8.64e15 }, at: 'body.sentAt' },
];
const longBefore = [{ with: { occurredAt: '2026-04-19T23:59:59+07:00' }, at: 'body.occurredAt' }];
const badLines = [
  { with: { lines: [] }, at: 'body.lines' },
  { with: { lines: [{ ...title, gtin: '9786041234560' }] }, at: 'body.lines[0].gtin' },
  { with: { lines: [title, { copies: 1, paid: 1000 }] }, at: 'body.lines[1].gtin' },
  { with: { lines: [{ ...title, copies: 0 }] }, at: 'body.lines[0].copies' },
  { with: { lines: [{ ...title, paid: -1 }] }, at: 'body.lines[0].paid' },
  { with: { lines: [{ ...title, paid: 1_000_000_001 }] }, at: 'body.lines[0].paid' },
  { with: { lines: [{ ...title, paid: '90.5' }] }, at: 'body.lines[0].paid' },
];

contract('PUT /api/fairs/{fair}/exhibitors/{exhibitor}/stock/{entry}', {
  may: ['exhibitor', 'till', 'organiser', 'owner'],
  own: ['exhibitor', 'till'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => {
    await approved(fair, subjects.exhibitor);
    return { path: at(fair, `/stock/${fair.id()}`), body: { kind: 'displayed', copies: '1.200', ...times(fair) } };
  },
  answers: { outcome: 'recorded', position: expect.any(Number) },
  other: { copies: 1201 },
  bad: [
    { with: { kind: 'eaten' }, at: 'body.kind' },
    { with: { copies: '1,5' }, at: 'body.copies' },
    { with: { copies: 10_000_001 }, at: 'body.copies' },
    { with: { difference: 'theft' }, at: 'body.difference' },
    { with: { kind: 'counted-out', difference: 'aliens' }, at: 'body.difference' },
    { with: { note: '' }, at: 'body.note' },
    { with: { occurredAt: undefined }, at: 'body.occurredAt' },
    ...badTimes,
    ...longBefore,
  ],
});

contract('PUT /api/fairs/{fair}/exhibitors/{exhibitor}/sales/{sale}', {
  may: ['exhibitor', 'till'],
  own: ['exhibitor', 'till'],
  forbidden: ['owner', 'organiser', 'auditor', 'viewer'],
  good: async (fair) => {
    await approved(fair, subjects.exhibitor);
    const lines = [title, { code: 'K-12', name: 'Sổ tay', copies: 1, paid: 15_000 }];
    return { path: at(fair, `/sales/${fair.id()}`), body: { lines, payment: 'cash', ...times(fair) } };
  },
  answers: { outcome: 'recorded', copies: 3, paid: 105_000 },
  other: { payment: 'transfer' },
  bad: [
    ...badLines,
    { with: { payment: 'gold' }, at: 'body.payment' },
    { with: { occurredAt: undefined }, at: 'body.occurredAt' },
    ...badTimes,
    ...longBefore,
  ],
  anotherCaller: { role: 'till', subject: subjects.exhibitor },
});

contract('PUT /api/fairs/{fair}/exhibitors/{exhibitor}/sales/{sale}/returns/{return}', {
  may: ['exhibitor', 'till'],
  own: ['exhibitor', 'till'],
  forbidden: ['owner', 'organiser', 'auditor', 'viewer'],
  good: async (fair) => {
    await approved(fair, subjects.exhibitor);
    return {
      path: at(fair, `/sales/${fair.id()}/returns/${fair.id()}`),
      body: { lines: [title], reason: 'rách bìa', ...times(fair) },
    };
  },
  answers: { outcome: 'recorded' },
  other: { reason: 'mua nhầm' },
  bad: [...badLines, { with: { reason: '' }, at: 'body.reason' }, ...badTimes, ...longBefore],
  anotherCaller: { role: 'till', subject: subjects.exhibitor },
});

contract('PUT /api/fairs/{fair}/exhibitors/{exhibitor}/daily-figures/{date}/statements/{statement}', {
  may: ['exhibitor', 'till', 'organiser', 'owner'],
  own: ['exhibitor', 'till'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => {
    await approved(fair, subjects.exhibitor);
    const path = at(fair, `/daily-figures/2026-04-21/statements/${fair.id()}`);
    return { path, body: { copiesSold: 120, revenue: '6.000.000', copiesDonated: -1 } };
  },
  answers: { outcome: 'recorded' },
  other: { revenue: 6_000_001 },
  bad: [
    { with: { copiesSold: undefined }, at: 'body.copiesSold' },
    { with: { copiesSold: 10_000_001 }, at: 'body.copiesSold' },
    { with: { revenue: '6 triệu' }, at: 'body.revenue' },
    { with: { revenue: 1_000_000_000_001 }, at: 'body.revenue' },
    { with: { copiesDonated: 0.5 }, at: 'body.copiesDonated' },
    { with: { day: '2026-04-22' }, at: 'body.day' },
    ...badTimes,
  ],
});

describe('the books of an exhibitor', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
    await approved(fair, subjects.exhibitor);
  });
  afterAll(() => fair.close());

  const put = (path: string, body: object) =>
    fair.ask('PUT', at(fair, path), { as: 'till', body: { ...times(fair), ...body } });

  test('take back no more than went out', async () => {
    const sale = `/sales/${fair.id()}`;
    expect((await put(sale, { lines: [title], payment: 'cash' })).body).toMatchObject({ outcome: 'recorded' });
    const back = () => put(`${sale}/returns/${fair.id()}`, { lines: [{ ...title, copies: 2, paid: 90_000 }] });
    expect((await back()).body).toMatchObject({ outcome: 'recorded' });
    expect((await back()).body).toEqual({ outcome: 'refused', reason: 'more-than-sold' });
  });

  test('know of what sale a return is undone: of another one it is not', async () => {
    const [sale, other, returned] = [fair.id(), fair.id(), fair.id()];
    for (const id of [sale, other])
      expect((await put(`/sales/${id}`, { lines: [title], payment: 'cash' })).status).toBe(200);
    const back = (id: string) => put(`/sales/${sale}/returns/${id}`, { lines: [title] });
    expect((await back(returned)).body).toMatchObject({ outcome: 'recorded' });
    const undo = async (of: string) => {
      const body = { kind: 'return', id: returned, sale: of, exhibitor: subjects.exhibitor, reason: 'bấm nhầm' };
      const path = `/api/fairs/${fair.fair}/voids/${fair.id()}`;
      expect((await fair.ask('PUT', path, { as: 'till', body: { ...body, ...times(fair) } })).status).toBe(200);
      return (await fair.ports.store.readAt([await fair.ports.store.head()]))[0]?.data;
    };
    expect(await undo(other)).toMatchObject({ target: returned, sale: other });
    expect((await back(fair.id())).body).toEqual({ outcome: 'refused', reason: 'more-than-sold' });
    expect(await undo(sale)).toMatchObject({ target: returned, sale });
    expect((await back(fair.id())).body).toMatchObject({ outcome: 'recorded' });
  });

  test('have a day in the path, which is one of the fair’s and has begun', async () => {
    const state = (day: string) => put(`/daily-figures/${day}/statements/${fair.id()}`, { copiesSold: 1, revenue: 1 });
    expect(await state('21-04-2026')).toMatchObject({ status: 400, body: { errors: [{ path: 'path.date' }] } });
    expect((await state('2026-04-20')).body).toEqual({ outcome: 'refused', reason: 'not-a-day-of-the-fair' });
    expect((await state('2026-04-22')).body).toEqual({ outcome: 'refused', reason: 'day-not-begun' });
    expect((await state('2026-04-21')).body).toMatchObject({ outcome: 'recorded' });
  });

  test('arrive together, in the order given where they are about one sale, and once', async () => {
    const [sale, returned, given] = [fair.id(), fair.id(), times(fair)];
    const own = { exhibitor: subjects.exhibitor };
    const body = { lines: [title], ...given };
    const items = [
      { kind: 'return', id: returned, ...own, sale, body },
      { kind: 'sale', id: sale, ...own, body: { ...body, payment: 'card' } },
      { kind: 'return', id: fair.id(), ...own, sale, body },
      {
        kind: 'void',
        id: fair.id(),
        body: { kind: 'return', id: returned, ...own, sale, reason: 'bấm nhầm', ...given },
      },
      { kind: 'return', id: fair.id(), ...own, sale, body },
      { kind: 'stock-entry', id: fair.id(), ...own, body: { kind: 'added', copies: 40, ...given } },
      { kind: 'statement', id: fair.id(), ...own, date: '2026-04-21', body: { copiesSold: 4, revenue: 200_000 } },
      { kind: 'sale', id: fair.id(), exhibitor: fair.id(), body: { ...body, payment: 'card' } },
    ];
    const deliver = async () => {
      const answer = await fair.ask('POST', `/api/fairs/${fair.fair}/facts`, {
        as: 'till',
        body: { items, sentAt: fair.clock.now },
      });
      return z.object({ items: z.array(z.object({ status: z.number(), body: z.unknown() })) }).parse(answer.body).items;
    };
    const first = await deliver();
    expect(first).toMatchObject([
      { status: 200, body: { outcome: 'recorded' } },
      { status: 200, body: { outcome: 'recorded', copies: 2 } },
      { status: 200, body: { outcome: 'refused', reason: 'more-than-sold' } },
      { status: 200, body: { outcome: 'voided' } },
      { status: 200, body: { outcome: 'recorded' } },
      { status: 200, body: { outcome: 'recorded' } },
      { status: 200, body: { outcome: 'recorded' } },
      { status: 404 },
    ]);
    const head = await fair.ports.store.head();
    expect((await deliver()).map(({ status }) => status)).toEqual(first.map(({ status }) => status));
    expect(await fair.ports.store.head()).toBe(head);
  });
});
