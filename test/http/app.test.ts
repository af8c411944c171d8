import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { StoreFull } from '../../src/store/event-store.ts';
import { createApp } from '../../src/http/app.ts';
import { limitsOf, usualLimits } from '../../src/http/limits.ts';
import { ok } from '../../src/http/reply.ts';
import { noQuery, readAnywhere, type Route } from '../../src/http/route.ts';
import { ask, startFair, type TestFair } from './harness.ts';

let fair: TestFair;
beforeAll(async () => {
  fair = await startFair();
});
afterAll(() => fair.close());

const route = (handle: () => Promise<never>): Route =>
  readAnywhere({
    path: '/broken',
    summary: 'a route that fails',
    may: ['public'],
    query: noQuery,
    answer: z.object({}),
    handle,
  });

const failing = (error: Error) =>
  createApp(fair.ports, [
    route(async () => {
      throw error;
    }),
  ]);

describe('every answer', () => {
  test('lets a browser load our own files only, frame us nowhere and send no referrer', async () => {
    const { headers } = await fair.ask('GET', '/healthz');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
      expect(policy).toContain(part);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  test('insists on https where visitors come over it', async () => {
    const app = createApp({ ...fair.ports, publicUrl: 'https://hoisach.example' });
    const { headers } = await ask(app, 'GET', '/healthz');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  test('has an id of its own that our logs know', async () => {
    const answers = await Promise.all([fair.ask('GET', '/healthz'), fair.ask('GET', '/nowhere')]);
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(fair.logged.filter((line) => line.includes(String(id)))).toHaveLength(1);
    expect(answers[1]).toMatchObject({
      status: 404,
      body: { requestId: ids[1], type: 'urn:hoi-sach:problem:not-found' },
    });
  });
});

describe('the log', () => {
  test('says route, status and role, and neither tokens, ids, addresses nor bodies', async () => {
    const path = `/api/fairs/${fair.fair}/tokens/${fair.id()}`;
    const from = fair.logged.length;
    const token = await fair.token('organiser');
    const headers = { authorization: `Bearer ${token}`, cookie: 'session=hss_planted' };
    await ask(fair.app, 'PUT', `${path}?phone=0912345678`, {
      body: { role: 'viewer', as: 'link', planted: 'Nguyễn Thị Ánh' },
      headers,
    });
    const lines = fair.logged.slice(from).join('');
    expect(JSON.parse(lines)).toMatchObject({
      route: '/api/fairs/{fair}/tokens/{token}',
      status: 400,
      role: 'organiser',
      method: 'PUT',
    });
    for (const planted of [token, 'hss_planted', '0912345678', 'Nguyễn', fair.fair, '203.0.113.7'])
      expect(lines).not.toContain(planted);
  });
});

describe('what breaks', () => {
  test('is told by its request id only, and explained in the log', async () => {
    const answer = await ask(failing(new Error('password=hunter2 at db.internal')), 'GET', '/broken');
    expect(answer).toMatchObject({ status: 500, body: { type: 'urn:hoi-sach:problem:broken' } });
    expect(JSON.stringify(answer.body)).not.toContain('db.internal');
    expect(fair.logged.join('')).toContain('db.internal');
  });

  test('a full queue and a database that is away are 503, with when to come back', async () => {
    const told = (message: string, about: object) => Object.assign(new Error(message), about);
    const away = [
      told('connect ENOENT /tmp/.s.PGSQL.5432', { code: 'ENOENT', syscall: 'connect' }),
      told('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED', syscall: 'connect' }),
      told('terminating connection due to administrator command', { code: '57P01' }),
      new Error('Connection terminated unexpectedly'),
      new Error('timeout exceeded when trying to connect'),
    ];
    for (const [error, seconds] of [[new StoreFull(7), '7'] as const, ...away.map((error) => [error, '2'] as const)]) {
      const answer = await ask(failing(error), 'GET', '/broken');
      expect(answer).toMatchObject({ status: 503, body: { type: 'urn:hoi-sach:problem:busy' } });
      expect(answer.headers.get('retry-after')).toBe(seconds);
    }
  });

  test('a file that is missing is our own fault', async () => {
    const missing = Object.assign(new Error('open manifest.json'), { code: 'ENOENT', syscall: 'open' });
    expect((await ask(failing(missing), 'GET', '/broken')).status).toBe(500);
  });

  test('a method that a path does not have is nothing', async () => {
    expect((await fair.ask('DELETE', '/healthz')).status).toBe(404);
  });
});

describe('limits', () => {
  const limited = () =>
    createApp({
      ...fair.ports,
      limits: limitsOf({ ...usualLimits, credential: { perSecond: 1, burst: 2 }, address: { perSecond: 1, burst: 3 } }),
    });
  const statuses = async (times: number, request: () => Promise<{ status: number }>): Promise<number[]> => {
    const seen: number[] = [];
    for (let time = 0; time < times; time += 1) seen.push((await request()).status);
    return seen;
  };

  test('hold for each credential, and say when to come back', async () => {
    const app = limited();
    const [mine, yours] = [await fair.token('viewer'), await fair.token('viewer')];
    const as = (token: string) => () => ask(app, 'GET', '/healthz', { headers: { authorization: `Bearer ${token}` } });
    expect(await statuses(3, as(mine))).toEqual([200, 200, 429]);
    expect(await statuses(1, as(yours))).toEqual([200]);
    const refused = await as(mine)();
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.body).toMatchObject({ type: 'urn:hoi-sach:problem:too-many-requests' });
  });

  test('hold for an address without one, tokens that are tried out included', async () => {
    const app = limited();
    const guess = () => ask(app, 'GET', '/healthz', { headers: { authorization: 'Bearer hst_guess' } });
    const signIn = () => ask(app, 'POST', '/api/sessions', { body: { secret: 'hsi_guess' } });
    expect(await statuses(2, guess)).toEqual([401, 401]);
    expect(await statuses(2, signIn)).toEqual([401, 429]);
    expect(await statuses(1, guess)).toEqual([429]);
  });

  test('hold for no address where a crowd asks: pages, files, the total, a pass, a poster; only for the node', async () => {
    const app = limited();
    const passes = `/api/fairs/${fair.fair}/public-passes`;
    const tap = `/api/fairs/${fair.fair}/poster-scans/${fair.id()}`;
    const { now } = fair.clock;
    const crowd = [
      () => ask(app, 'GET', '/'),
      () => ask(app, 'GET', '/assets/none.css'),
      () => ask(app, 'GET', `/api/fairs/${fair.fair}`),
      () => ask(app, 'POST', passes, { body: {} }),
      () => ask(app, 'PUT', tap, { body: { posterCode: 'G1.none', persons: 1, occurredAt: now } }),
    ];
    for (const request of crowd) expect(await statuses(4, request)).not.toContain(429);
    const full = createApp({ ...fair.ports, limits: limitsOf({ ...usualLimits, crowd: { perSecond: 1, burst: 2 } }) });
    expect(await statuses(3, () => ask(full, 'GET', '/healthz'))).toEqual([200, 200, 429]);
  });
});

test('a small answer is not compressed, whoever asks', async () => {
  const app = createApp(fair.ports, [
    readAnywhere({
      path: '/small',
      summary: 's',
      may: ['public'],
      query: noQuery,
      answer: z.object({}),
      handle: async () => ok({ a: 1 }),
    }),
  ]);
  const { headers } = await ask(app, 'GET', '/small', { headers: { 'accept-encoding': 'gzip' } });
  expect(headers.get('content-encoding')).toBeNull();
  expect(headers.get('content-length')).toBe('7');
});
