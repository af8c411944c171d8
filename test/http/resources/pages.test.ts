import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newSecret } from '../../../src/auth/secrets.ts';
import { ask, startFair, type TestFair } from '../harness.ts';

const reading = { accept: 'text/html,application/xhtml+xml' };

let fair: TestFair;
beforeAll(async () => {
  fair = await startFair();
});
afterAll(() => fair.close());

const open = (path: string, headers: Record<string, string> = {}) =>
  ask(fair.app, 'GET', path, { headers: { ...reading, ...headers } });

describe("the page a link leads to, 'GET /sign-in'", () => {
  test('uses nothing up, however often it is fetched', async () => {
    const secret = newSecret('sign-in');
    const link = { secret, kind: 'sign-in', role: 'owner', fair: null, subject: 'account', expiresAt: null } as const;
    await fair.ports.credentials.issue(link);
    for (const time of [1, 2, 3]) expect((await open('/sign-in')).status, `time ${time}`).toBe(200);
    expect((await ask(fair.app, 'POST', '/api/sessions', { body: { secret } })).status).toBe(200);
  });

  test('is in the language that was asked for, and remembers it', async () => {
    expect((await open('/sign-in')).body).toContain('<html lang="vi"');
    const english = await open('/sign-in?lang=en');
    expect(english.body).toContain('<html lang="en"');
    const cookie = english.headers.get('set-cookie') ?? '';
    expect(cookie).toBe('lang=en; Max-Age=31536000; Path=/; SameSite=Lax');
    expect((await open('/sign-in', { cookie: 'lang=en' })).body).toContain('<html lang="en"');
    expect((await open('/sign-in', { 'accept-language': 'en-GB,en;q=0.9' })).body).toContain('<html lang="en"');
    expect((await open('/sign-in?lang=xx')).body).toContain('<html lang="vi"');
  });
});

describe('what cannot be shown', () => {
  test('is a page for whoever opened one, and a document for programs', async () => {
    const page = await open('/nowhere');
    expect(page.status).toBe(404);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('Không có trang này');
    for (const answer of [await fair.ask('GET', '/nowhere'), await open('/api/nowhere')]) {
      expect(answer).toMatchObject({ status: 404, body: { type: 'urn:hoi-sach:problem:not-found' } });
    }
  });

  test('never repeats what was asked for', async () => {
    const { body } = await open('/<script>alert(1)</script>?lang=%22%3E%3Cscript%3E');
    expect(body).not.toContain('alert(1)');
    expect(body).not.toMatch(/<script(?! type="module" src="\/assets\/)/);
  });
});
