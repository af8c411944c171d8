import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../contract.ts';
import { startFair, type TestFair } from '../harness.ts';
import { freshToken, scanBody, scans } from '../some-gate-facts.ts';

const close = (fair: TestFair) =>
  fair.ask('PUT', `/api/fairs/${fair.fair}/closings/${fair.id()}`, { as: 'organiser', body: {} });
const reopen = (fair: TestFair) =>
  fair.ask('PUT', `/api/fairs/${fair.fair}/reopenings/${fair.id()}`, { as: 'organiser', body: { reason: 'Bổ sung' } });

contract('PUT /api/fairs/{fair}/closings/{closing}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => {
    await reopen(fair);
    return { path: `/api/fairs/${fair.fair}/closings/${fair.id()}`, body: { note: 'Đã đối chiếu' } };
  },
  answers: { outcome: 'closed', closedAt: '2026-04-21T01:00:00.000Z' },
  other: { note: 'Chưa đối chiếu' },
  bad: [{ with: { note: 7 }, at: 'body.note' }],
});

contract('PUT /api/fairs/{fair}/reopenings/{reopening}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => {
    await close(fair);
    return { path: `/api/fairs/${fair.fair}/reopenings/${fair.id()}`, body: { reason: 'Bổ sung số liệu cổng 2' } };
  },
  answers: { outcome: 'reopened' },
  other: { reason: 'Đính chính' },
  bad: [
    { with: { reason: '' }, at: 'body.reason' },
    { with: { reason: 'x'.repeat(301) }, at: 'body.reason' },
  ],
});

describe('closing', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  test('refuses what occurs later, takes what occurred before, and is done once', async () => {
    const token = await freshToken(fair);
    const before = scanBody(fair, { token });
    expect((await reopen(fair)).body).toEqual({ outcome: 'refused', reason: 'not-closed' });
    expect((await close(fair)).body).toMatchObject({ outcome: 'closed' });
    expect((await close(fair)).body).toEqual({ outcome: 'refused', reason: 'already-closed' });
    fair.clock.now += 60_000;
    expect((await scans(fair, { ...before, sentAt: fair.clock.now })).body).toMatchObject({ outcome: 'admitted' });
    expect((await scans(fair, scanBody(fair, { token }))).body).toMatchObject({
      outcome: 'refused',
      reason: 'fair-closed',
    });
    expect((await reopen(fair)).body).toMatchObject({ outcome: 'reopened' });
    expect((await scans(fair, scanBody(fair, { token }))).body).toMatchObject({ outcome: 'admitted-again' });
  });
});
