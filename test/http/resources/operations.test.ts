import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../src/http/app.ts';
import { ask, startFair, type TestFair } from '../harness.ts';

let fair: TestFair;
beforeAll(async () => {
  fair = await startFair();
});
afterAll(() => fair.close());

test("'GET /healthz' says that the process is alive", async () => {
  expect(await fair.ask('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } });
});

test("'GET /readyz' is 503, with when to come back, while a part is missing", async () => {
  expect(await fair.ask('GET', '/readyz')).toMatchObject({ status: 200, body: { log: 'ready' } });
  const stopped = createApp({ ...fair.ports, readiness: async () => ({ log: 'ready', figures: 'stopped' }) });
  expect(await ask(stopped, 'GET', '/readyz')).toMatchObject({ status: 200, body: { figures: 'stopped' } });
  const waiting = createApp({ ...fair.ports, readiness: async () => ({ log: 'waiting', database: 'ready' }) });
  const answer = await ask(waiting, 'GET', '/readyz');
  expect(answer).toMatchObject({ status: 503, body: { type: 'urn:hoi-sach:problem:busy', detail: 'waiting for log' } });
  expect(answer.headers.get('retry-after')).toBe('1');
});

describe('the measurements', () => {
  const local = () => createApp({ ...fair.ports, addressOf: () => '127.0.0.1' });

  test("'GET /metrics' answers this machine, and the owner from anywhere", async () => {
    expect((await ask(local(), 'GET', '/metrics')).status).toBe(200);
    expect((await fair.ask('GET', '/metrics', { as: 'owner' })).status).toBe(200);
    expect((await fair.ask('GET', '/metrics')).status).toBe(401);
    expect((await fair.ask('GET', '/metrics', { as: 'organiser' })).status).toBe(404);
  });

  test('count requests by route, and name no fair', async () => {
    const revocation = `/api/fairs/${fair.fair}/tokens/${fair.id()}/revocation`;
    await fair.ask('PUT', revocation, { as: 'organiser', body: {} });
    const { body } = await ask(local(), 'GET', '/metrics');
    expect(body).toMatch(
      /http_request_duration_seconds_count\{node="1",method="PUT",route="\/api\/fairs\/\{fair\}\/tokens\/\{token\}\/revocation",status="404"\} 1/,
    );
    expect(body).not.toContain(fair.fair);
  });
});

describe('the files of the pages', () => {
  test("'GET /assets/{file}' may be kept for ever", async () => {
    const answer = await fair.ask('GET', fair.ports.assets.addresses['site.css']);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('lead nowhere else', async () => {
    for (const file of ['site.css', 'nothing-AAAAAAAA.js', 'manifest.json']) {
      expect((await fair.ask('GET', `/assets/${file}`)).status, `for ${file}`).toBe(404);
    }
    for (const file of ['..%2fassets.ts', '..%2f..%2fpackage.json', '%00.js']) {
      expect((await fair.ask('GET', `/assets/${file}`)).status, `for ${file}`).toBe(400);
    }
  });

  test('are compressed for whoever can read that', async () => {
    const address = fair.ports.assets.addresses['site.css'];
    const answer = await fair.ask('GET', address, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
  });
});
