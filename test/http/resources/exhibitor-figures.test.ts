import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Role } from '../../../events/envelope.ts';
import { readContract } from '../contract.ts';
import { type Asked, startFair, subjects, type TestFair } from '../harness.ts';
import { approved } from '../some-exhibitor-facts.ts';

const gtin = '9786041234567';
const of = ({ fair }: TestFair, more: string, exhibitor: string = subjects.exhibitor) =>
  `/api/fairs/${fair}/exhibitors/${exhibitor}${more}`;

const counted = (path: (fair: TestFair) => string) => async (fair: TestFair) => {
  await approved(fair, subjects.exhibitor);
  await fair.projected();
  return { path: path(fair) };
};

readContract('GET /api/fairs/{fair}/exhibitors/{exhibitor}/daily-figures', {
  may: ['exhibitor', 'till', 'organiser', 'auditor', 'owner'],
  own: ['exhibitor', 'till'],
  figures: 'running',
  good: counted((fair) => of(fair, '/daily-figures')),
  answers: { position: expect.any(Number), days: [] },
});

readContract('GET /api/fairs/{fair}/daily-figures', {
  may: ['organiser', 'auditor', 'owner'],
  figures: 'running',
  good: counted(({ fair }) => `/api/fairs/${fair}/daily-figures`),
  answers: { position: expect.any(Number), days: [] },
});

readContract('GET /api/fairs/{fair}/exhibitors/{exhibitor}/sales', {
  may: ['exhibitor', 'till', 'auditor'],
  own: ['exhibitor', 'till'],
  forbidden: ['organiser', 'owner'],
  figures: 'running',
  good: counted((fair) => of(fair, '/sales')),
  answers: { position: expect.any(Number), sales: [], next: null },
  bad: [
    { query: 'before=0', at: 'query.before' },
    { query: 'limit=101', at: 'query.limit' },
    { query: 'limit=all', at: 'query.limit' },
  ],
});

describe('what an exhibitor sold', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair({ figures: 'running' });
  });
  afterAll(() => fair.close());
  let exhibitor: string;
  let token: string;
  beforeEach(async () => {
    exhibitor = await approved(fair);
    token = await fair.token('till', { subject: exhibitor });
  });

  const headers = () => ({ authorization: `Bearer ${token}` });
  const put = async (path: string, body: object): Promise<void> => {
    const answer = await fair.ask('PUT', of(fair, path, exhibitor), {
      body: { occurredAt: fair.clock.now, ...body },
      headers: headers(),
    });
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'recorded' } });
  };
  const sell = async (copies: number, paid: number): Promise<string> => {
    const sale = fair.id();
    await put(`/sales/${sale}`, { lines: [{ gtin, name: 'Dế Mèn phiêu lưu ký', copies, paid }], payment: 'cash' });
    return sale;
  };
  const state = (copiesSold: number, revenue: number) =>
    put(`/daily-figures/2026-04-21/statements/${fair.id()}`, { copiesSold, revenue, copiesDonated: 2 });
  const read = async (path: string, as?: Role): Promise<Asked> => {
    await fair.projected();
    return fair.ask('GET', path, as === undefined ? { headers: headers() } : { as });
  };

  test('counts for each day and figure by the greater of recorded and stated', async () => {
    await sell(3, 120_000);
    await state(2, 200_000);
    const day = {
      exhibitor,
      day: '2026-04-21',
      recorded: { copiesSold: 3, revenue: 120_000, copiesDonated: 0 },
      stated: { copiesSold: 2, revenue: 200_000, copiesDonated: 2 },
      counted: { copiesSold: 3, revenue: 200_000, copiesDonated: 2 },
    };
    expect((await read(of(fair, '/daily-figures', exhibitor))).body).toMatchObject({ days: [day] });
    expect((await read(`/api/fairs/${fair.fair}/daily-figures`, 'organiser')).body).toMatchObject({
      days: expect.arrayContaining([day]),
    });
  });

  test('is listed sale by sale, the latest first, with what came back and what was undone', async () => {
    const first = await sell(3, 120_000);
    const second = await sell(1, 40_000);
    await put(`/sales/${first}/returns/${fair.id()}`, { lines: [{ gtin, copies: 1, paid: 40_000 }] });
    const undo = { kind: 'sale', id: second, exhibitor, reason: 'bấm nhầm', occurredAt: fair.clock.now };
    await fair.ask('PUT', `/api/fairs/${fair.fair}/voids/${fair.id()}`, { body: undo, headers: headers() });
    const titles = [{ code: gtin, name: 'Dế Mèn phiêu lưu ký', copies: 3 }];
    const { body } = await read(of(fair, '/sales?limit=2', exhibitor));
    expect(body).toMatchObject({
      sales: [
        { kind: 'return', copies: -1, revenue: -40_000, isVoided: false },
        { kind: 'sale', id: second, copies: 1, isVoided: true },
      ],
      next: expect.any(Number),
    });
    const { next } = z.object({ next: z.number() }).parse(body);
    expect((await read(of(fair, `/sales?before=${next}`, exhibitor))).body).toMatchObject({
      sales: [{ kind: 'sale', id: first, copies: 3, revenue: 120_000, occurredAt: '2026-04-21T01:00:00.000Z', titles }],
      next: null,
    });
  });

  test('is shown to the organiser sale by sale only while an auditor grants it', async () => {
    await sell(1, 50_000);
    const sales = of(fair, '/sales', exhibitor);
    expect(await read(sales, 'organiser')).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('auditor') },
    });
    const grant = { expiresAt: fair.clock.now + 60_000, reason: 'kiểm tra doanh thu' };
    const granted = await fair.ask('PUT', `/api/fairs/${fair.fair}/audit-grants/${fair.id()}`, {
      as: 'auditor',
      body: grant,
    });
    expect(granted.status).toBe(200);
    expect(await read(sales, 'organiser')).toMatchObject({ status: 200, body: { sales: [{ copies: 1 }] } });
    fair.clock.now += 60_000;
    expect((await read(sales, 'organiser')).status).toBe(403);
    expect((await read(sales, 'auditor')).status).toBe(200);
  });

  test('is read after what was just written, when the answer to it says where that is', async () => {
    const statement = `/daily-figures/2026-04-21/statements/${fair.id()}`;
    const body = { copiesSold: 9, revenue: 90_000 };
    const written = await fair.ask('PUT', of(fair, statement, exhibitor), { body, headers: headers() });
    const { position } = z.object({ position: z.number() }).parse(written.body);
    const path = `${of(fair, '/daily-figures', exhibitor)}?after=${position}`;
    expect((await fair.ask('GET', path, { headers: headers() })).body).toMatchObject({
      days: [{ counted: { copiesSold: 9 } }],
    });
    const never = await fair.ask('GET', `${path}000`, { headers: headers() });
    expect(never).toMatchObject({ status: 400, body: { errors: [{ path: 'query.after' }] } });
  });

  test('is seen by no other exhibitor', async () => {
    await sell(1, 50_000);
    for (const more of ['/sales', '/daily-figures'])
      expect((await read(of(fair, more, exhibitor), 'exhibitor')).status).toBe(404);
  });
});
