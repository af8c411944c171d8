import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../contract.ts';
import { startFair, type TestFair, textIn } from '../harness.ts';
import { scanBody, scans } from '../some-gate-facts.ts';

const shortCode = expect.stringMatching(/^[2-9A-HJ-NP-Z]{8}$/);
const token = expect.stringMatching(/^HS:[0-9A-Z $%*+./:-]{150,186}$/);

contract('PUT /api/fairs/{fair}/passes/{pass}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: ({ fair, id }) => ({ path: `/api/fairs/${fair}/passes/${id()}`, body: { category: 'delegate', partySize: 2 } }),
  answers: { outcome: 'issued', category: 'delegate', partySize: 2, token, shortCode },
  other: { partySize: 3 },
  bad: [
    { with: { category: 'guest' }, at: 'body.category' },
    { with: { partySize: 0 }, at: 'body.partySize' },
    { with: { validFrom: '2026-04-21T07:00:00.5+07:00' }, at: 'body.validFrom' },
    {
      with: { validFrom: '2026-04-21T07:00:00+07:00', validUntil: '2026-04-21T07:00:00+07:00' },
      at: 'body.validUntil',
    },
  ],
});

contract('PUT /api/fairs/{fair}/passes/batches/{batch}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: ({ fair, id }) => ({
    path: `/api/fairs/${fair}/passes/batches/${id()}`,
    body: { category: 'staff', partySize: 1, count: 3 },
  }),
  answers: {
    outcome: 'issued',
    category: 'staff',
    passes: Array.from({ length: 3 }, () => ({ pass: expect.any(String), token, shortCode })),
  },
  other: { count: 4 },
  bad: [
    { with: { count: 0 }, at: 'body.count' },
    { with: { count: 501 }, at: 'body.count' },
    { with: { category: 'guest' }, at: 'body.category' },
  ],
});

contract('PUT /api/fairs/{fair}/passes/{pass}/revocation', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: ({ fair, id }) => ({ path: `/api/fairs/${fair}/passes/${id()}/revocation`, body: { reason: 'Mất thẻ' } }),
  answers: { outcome: 'revoked', position: expect.any(Number) },
  other: { reason: 'In nhầm' },
  bad: [
    { with: { reason: '' }, at: 'body.reason' },
    { with: { occurredAt: '2026-04-21T09:00:00+07:00' }, at: 'body.occurredAt' },
  ],
});

describe('an issued pass', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const issue = async (body: object, pass = fair.id()) =>
    fair.ask('PUT', `/api/fairs/${fair.fair}/passes/${pass}`, { as: 'organiser', body });

  test('lets in between its moments, with its category and party', async () => {
    const terms = { validFrom: '2026-04-21T08:00:00+07:00', validUntil: '2026-04-21T09:00:00+07:00' };
    const pass = await issue({ category: 'press', partySize: 4, ...terms });
    const code = { token: textIn(pass, 'token') };
    const at = (time: string) =>
      scans(fair, scanBody(fair, code, { occurredAt: `2026-04-21T${time}+07:00`, sentAt: undefined }));
    expect((await at('07:59:59')).body).toMatchObject({ outcome: 'refused', reason: 'not-yet-valid' });
    expect((await at('08:00:00')).body).toMatchObject({
      outcome: 'admitted',
      category: 'press',
      partySize: 4,
      persons: 4,
    });
    fair.clock.now += 7_200_000;
    expect((await at('09:00:01')).body).toMatchObject({ outcome: 'refused', reason: 'expired' });
  });

  test('lets in by its short code, however it is typed', async () => {
    const typed = textIn(await issue({ category: 'pupil' }), 'shortCode')
      .toLowerCase()
      .replace(/(.{4})/, '$1 ');
    expect((await scans(fair, scanBody(fair, { shortCode: typed }))).body).toMatchObject({
      outcome: 'admitted',
      category: 'pupil',
    });
  });

  test('of a batch lets in like any other, and a batch has as many as were asked for', async () => {
    const path = `/api/fairs/${fair.fair}/passes/batches/${fair.id()}`;
    const { body } = await fair.ask('PUT', path, { as: 'organiser', body: { category: 'pupil', count: 500 } });
    const { passes } = z
      .object({ passes: z.array(z.object({ pass: z.string(), token: z.string(), shortCode: z.string() })) })
      .parse(body);
    for (const key of ['pass', 'token', 'shortCode'] as const)
      expect(new Set(passes.map((each) => each[key])).size).toBe(500);
    const last = passes.at(-1)?.token ?? '';
    expect((await scans(fair, scanBody(fair, { token: last }))).body).toMatchObject({
      outcome: 'admitted',
      category: 'pupil',
    });
  });

  test('that a visitor took is not issued over again', async () => {
    const taken = await fair.ask('POST', `/api/fairs/${fair.fair}/public-passes`, { body: {} });
    await scans(fair, scanBody(fair, { token: textIn(taken, 'token') }));
    expect((await issue({ category: 'staff' }, textIn(taken, 'pass'))).body).toEqual({
      outcome: 'refused',
      reason: 'already-used',
    });
  });

  test('that is revoked lets in nobody from then on', async () => {
    const pass = await issue({ category: 'delegate' });
    const code = { token: textIn(pass, 'token') };
    const before = scanBody(fair, code);
    fair.clock.now += 1000;
    await fair.ask('PUT', `/api/fairs/${fair.fair}/passes/${textIn(pass, 'pass')}/revocation`, {
      as: 'organiser',
      body: { reason: 'Mất thẻ' },
    });
    fair.clock.now += 1000;
    expect((await scans(fair, scanBody(fair, code))).body).toMatchObject({ outcome: 'refused', reason: 'revoked' });
    expect((await scans(fair, { ...before, sentAt: fair.clock.now })).body).toMatchObject({ outcome: 'admitted' });
  });
});
