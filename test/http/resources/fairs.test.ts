import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract, readContract } from '../contract.ts';
import { startFair, type TestFair } from '../harness.ts';
import { keptSettings, someSettings } from '../some-gate-facts.ts';

contract('PUT /api/fairs/{fair}', {
  may: ['owner'],
  forbidden: [],
  good: ({ id }) => ({ path: `/api/fairs/${id()}`, body: someSettings() }),
  answers: { outcome: 'created', revision: 1, position: expect.any(Number) },
  other: { name: { vi: 'Hội Sách khác' } },
  bad: [
    { with: { days: ['2026-04-22', '2026-04-21'] }, at: 'body.days' },
    { with: { gates: [{ code: 'G1', name: 'Cổng', site: 'B', exits: 'scanned' }] }, at: 'body.gates' },
    { with: { closes: '06:00' }, at: 'body.closes' },
    { with: { visitRules: [] }, at: 'body.visitRules' },
    { with: { days: ['0000-01-01'] }, at: 'body.days[0]' },
    { with: { visitRules: [{ from: '1969-12-31', rule: { kind: 'per-day' } }] }, at: 'body.visitRules[0].from' },
  ],
  anotherCaller: { role: 'owner' },
});

readContract('GET /api/fairs/{fair}', {
  may: ['public', 'device', 'exhibitor', 'organiser'],
  good: ({ fair }) => ({ path: `/api/fairs/${fair}` }),
  answers: { revision: 1, status: 'running', passKey: expect.stringMatching(/^[\w-]{43}$/) },
});

contract('PUT /api/fairs/{fair}/revisions/{revision}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => ({
    path: `/api/fairs/${fair.fair}/revisions/${fair.id()}`,
    body: someSettings(),
    headers: { 'if-match': (await fair.ask('GET', `/api/fairs/${fair.fair}`)).headers.get('etag') ?? '' },
  }),
  answers: { outcome: 'revised', revision: expect.any(Number) },
  other: { name: { vi: 'Hội Sách khác' } },
  bad: [{ with: { province: 'BN' }, at: 'body.province' }],
});

describe('the settings of a fair', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const path = () => `/api/fairs/${fair.fair}`;
  const revise = (body: unknown, headers: Record<string, string>) =>
    fair.ask('PUT', `${path()}/revisions/${fair.id()}`, { as: 'organiser', body, headers });

  test('are read with their revision as ETag, and replaced by whoever has read the latest', async () => {
    const before = await fair.ask('GET', path());
    expect(before.headers.get('etag')).toBe('"1"');
    expect((await revise(someSettings('Một'), { 'if-match': '"1"' })).body).toMatchObject({
      outcome: 'revised',
      revision: 2,
    });
    const after = await fair.ask('GET', path());
    expect(after.headers.get('etag')).toBe('"2"');
    expect(after.body).toMatchObject({ revision: 2, settings: keptSettings('Một') });
  });

  test('stay as they are for whoever has not: 412, 428 without If-Match, 400 for what is no revision', async () => {
    expect((await revise(someSettings('Hai'), { 'if-match': '"1"' })).status).toBe(412);
    expect((await revise(someSettings('Hai'), {})).status).toBe(428);
    expect((await revise(someSettings('Hai'), { 'if-match': 'latest' })).status).toBe(400);
    expect((await fair.ask('GET', path())).body).toMatchObject({ settings: keptSettings('Một') });
  });

  test('are final with the figures', async () => {
    await fair.ask('PUT', `${path()}/closings/${fair.id()}`, { as: 'organiser', body: {} });
    const refused = await revise(someSettings('Ba'), { 'if-match': '"2"' });
    expect(refused.body).toEqual({ outcome: 'refused', reason: 'fair-closed' });
    expect((await fair.ask('GET', path())).body).toMatchObject({ status: 'closed', revision: 2 });
  });
});
