import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Poster } from '../../../src/contract/posters.ts';
import { readContract } from '../contract.ts';
import { startFair, type TestFair } from '../harness.ts';
import { someSettings } from '../some-gate-facts.ts';

readContract('GET /api/fairs/{fair}/gates/{gate}/poster', {
  may: ['organiser', 'device', 'owner'],
  good: ({ fair }) => ({ path: `/api/fairs/${fair}/gates/G2/poster` }),
  answers: { gate: 'G2', print: null, screen: { code: expect.stringMatching(/^G2\./) } },
});

describe('the poster of a gate', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
    const body = someSettings();
    await fair.ask('PUT', `/api/fairs/${fair.fair}/revisions/${fair.id()}`, {
      as: 'organiser',
      body,
      headers: { 'if-match': '"1"' },
    });
  });
  afterAll(() => fair.close());

  const posterOf = async (gate: string) =>
    Poster.parse((await fair.ask('GET', `/api/fairs/${fair.fair}/gates/${gate}/poster`, { as: 'device' })).body);
  const tap = async (posterCode: string) =>
    (
      await fair.ask('PUT', `/api/fairs/${fair.fair}/poster-scans/${fair.id()}`, {
        body: { posterCode, occurredAt: fair.clock.now, sentAt: fair.clock.now },
      })
    ).body;

  test('lets in by the code of a screen until it says, and no longer', async () => {
    const { screen } = await posterOf('G2');
    expect(await tap(screen.code)).toMatchObject({ outcome: 'admitted', gate: 'G2' });
    fair.clock.now = Date.parse(screen.validUntil) - 1;
    expect(await tap(screen.code)).toMatchObject({ outcome: 'admitted' });
    fair.clock.now += 1;
    expect(await tap(screen.code)).toEqual({ outcome: 'refused', reason: 'poster-expired' });
    expect((await posterOf('G2')).screen.code).not.toBe(screen.code);
  });

  test('has a printed code where the gate has a printed poster', async () => {
    const { print } = await posterOf('G1');
    fair.clock.now += 86_400_000;
    expect(await tap(print?.code ?? '')).toMatchObject({ outcome: 'admitted', gate: 'G1' });
    expect((await posterOf('G1')).print).toEqual(print);
    expect((await posterOf('G2')).print).toBeNull();
  });

  test('is not there for a gate that is not', async () => {
    const answer = await fair.ask('GET', `/api/fairs/${fair.fair}/gates/G9/poster`, { as: 'organiser' });
    expect(answer.status).toBe(404);
    expect((await fair.ask('GET', `/api/fairs/${fair.fair}/gates/g-9/poster`, { as: 'organiser' })).status).toBe(400);
  });
});
