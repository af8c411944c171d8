import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../src/http/app.ts';
import { readContract } from '../contract.ts';
import { ask, fieldsOf, startFair, type TestFair } from '../harness.ts';

const walkIns = async (fair: TestFair, persons: number): Promise<number> => {
  const body = {
    gate: 'G1',
    direction: 'in',
    category: 'individual',
    persons,
    occurredAt: fair.clock.now,
    sentAt: fair.clock.now,
  };
  const answer = await fair.ask('PUT', `/api/fairs/${fair.fair}/walk-ins/${fair.id()}`, { as: 'device', body });
  expect(answer.status).toBe(200);
  return fair.ports.store.head();
};

const counted = async (fair: TestFair): Promise<{ path: string }> => {
  await fair.projected();
  return { path: `/api/fairs/${fair.fair}/figures` };
};

readContract('GET /api/fairs/{fair}/figures', {
  may: ['public', 'device', 'exhibitor', 'viewer', 'organiser', 'auditor', 'owner'],
  good: counted,
  answers: { status: 'provisional', name: { vi: 'Ngày Sách Bắc Ninh' } },
  bad: [
    { query: 'after=soon', at: 'query.after' },
    { query: 'after=-1', at: 'query.after' },
    { query: 'after=1.5', at: 'query.after' },
  ],
  figures: 'running',
});

describe('the figures', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair({ figures: 'running' });
  });
  afterAll(() => fair.close());

  const path = () => `/api/fairs/${fair.fair}/figures`;

  test('have seen the position they are asked to wait for', async () => {
    const position = await walkIns(fair, 7);
    const answer = await fair.ask('GET', `${path()}?after=${position}`, { as: 'viewer' });
    expect(answer).toMatchObject({
      status: 200,
      body: { position, figures: expect.arrayContaining([expect.objectContaining({ key: 'visits', value: 7 })]) },
    });
  });

  test('are the total alone for everybody but viewers and more', async () => {
    await fair.projected();
    for (const as of ['public', 'device', 'exhibitor', 'till', 'application-link', 'group-link'] as const) {
      expect(fieldsOf(await fair.ask('GET', path(), { as })), `for ${as}`).toEqual([
        'asOf',
        'fair',
        'name',
        'position',
        'status',
        'visits',
      ]);
    }
    for (const as of ['viewer', 'organiser', 'auditor', 'owner'] as const) {
      expect((await fair.ask('GET', path(), { as })).body, `for ${as}`).toHaveProperty('figures');
    }
  });

  test('cost a reader who has them already nothing but the question, until they change', async () => {
    await fair.projected();
    for (const as of ['viewer', 'public'] as const) {
      const first = await fair.ask('GET', path(), { as });
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{22}"$/);
      expect(first.headers.get('vary')).toMatch(/Authorization, Cookie/);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
        const again = await fair.ask('GET', path(), { as, headers: { 'if-none-match': known } });
        expect(again, `with ${known}`).toMatchObject({ status: 304, body: '' });
      }
      await fair.ask('GET', `${path()}?after=${await walkIns(fair, 1)}`);
      expect((await fair.ask('GET', path(), { as, headers: { 'if-none-match': etag } })).status).toBe(200);
    }
  });

  test('may be kept for two seconds when they are everybody’s, and by nobody in between when they are not', async () => {
    expect((await fair.ask('GET', path())).headers.get('cache-control')).toBe('public, max-age=2');
    expect((await fair.ask('GET', path(), { as: 'viewer' })).headers.get('cache-control')).toBe('private, no-cache');
  });

  test('do not wait for what the log does not have', async () => {
    const head = await fair.ports.store.head();
    expect(await fair.ask('GET', `${path()}?after=${head + 1}`)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'query.after' }] },
    });
  });
});

test('a fair that nobody has counted yet says when to ask again', async () => {
  const fair = await startFair();
  try {
    const answer = await fair.ask('GET', `/api/fairs/${fair.fair}/figures`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    const behind = createApp({ ...fair.ports, progress: { waitFor: async () => false } });
    const waiting = await ask(behind, 'GET', `/api/fairs/${fair.fair}/figures?after=1`);
    expect(waiting).toMatchObject({ status: 503, body: { detail: 'The figures are behind the log.' } });
    expect((await ask(fair.app, 'GET', `/api/fairs/${fair.id()}/figures`)).status).toBe(404);
  } finally {
    await fair.close();
  }
});
