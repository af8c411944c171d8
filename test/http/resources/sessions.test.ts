import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../events/envelope.ts';
import { newSecret, type SecretKind } from '../../../src/auth/secrets.ts';
import { ask, type Asked, startFair, type TestFair, textIn } from '../harness.ts';

const day = 86_400_000;

let fair: TestFair;
beforeAll(async () => {
  fair = await startFair();
});
afterAll(() => fair.close());

const link = async (role: Role = 'organiser', kind: SecretKind = 'sign-in', lifeMs = day): Promise<string> => {
  const secret = newSecret(kind);
  const expiresAt = fair.clock.now + lifeMs;
  await fair.ports.credentials.issue({
    secret,
    kind,
    role,
    fair: role === 'owner' ? null : fair.fair,
    subject: 'account',
    expiresAt,
  });
  return secret;
};
const signIn = (secret: unknown, headers: Record<string, string> = {}) =>
  ask(fair.app, 'POST', '/api/sessions', { body: { secret }, headers });
const cookieOf = ({ headers }: Asked): string => headers.get('set-cookie')?.split(';')[0] ?? '';

/** A write that only an organiser may: revoking a token that is not there. */
const write = (headers: Record<string, string>) =>
  ask(fair.app, 'PUT', `/api/fairs/${fair.fair}/tokens/${fair.id()}/revocation`, { body: {}, headers });
const here = { 'sec-fetch-site': 'same-origin' };

describe('POST /api/sessions', () => {
  test("is 'POST /api/sessions' with the secret of a one-time link, once", async () => {
    const secret = await link();
    const first = await signIn(secret);
    expect(first).toMatchObject({
      status: 200,
      body: { role: 'organiser', fair: fair.fair, expiresAt: '2026-05-05T01:00:00.000Z' },
    });
    expect(first.headers.get('set-cookie')).toMatch(
      /^session=hss_[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(JSON.stringify(first.body)).not.toContain('hss_');
    expect(await signIn(secret)).toMatchObject({ status: 401, body: { detail: expect.stringContaining('was used') } });
  });

  test('does not take a link that expired, a token, or what was made up', async () => {
    const late = await link('viewer', 'sign-in', day);
    fair.clock.now += day;
    for (const secret of [late, await fair.token('organiser'), 'hsi_made-up'])
      expect((await signIn(secret)).status).toBe(401);
  });

  test("takes an application's own link again and again", async () => {
    const secret = await link('application-link', 'link');
    for (const time of [1, 2]) expect((await signIn(secret)).status, `time ${time}`).toBe(200);
  });

  test('does not sign a browser in for a foreign page, and keeps the link for its owner', async () => {
    const secret = await link();
    expect((await signIn(secret, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await signIn(secret)).status).toBe(200);
  });

  test.for([{ secret: 7 }, {}, { secret: '' }, { secret: 'x'.repeat(201) }])('400 for %j', async (body) => {
    expect(await ask(fair.app, 'POST', '/api/sessions', { body })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.secret' }] },
    });
  });

  test('413 and 415', async () => {
    expect((await signIn('x'.repeat(256 * 1024))).status).toBe(413);
    expect((await signIn('x', { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('a session', () => {
  test('writes from our own pages only', async () => {
    const cookie = cookieOf(await signIn(await link()));
    expect((await write({ cookie, ...here })).status).toBe(404);
    expect((await write({ cookie, origin: 'http://localhost', host: 'localhost' })).status).toBe(404);
    for (const foreign of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', host: 'localhost' },
      { origin: 'null', host: 'localhost' },
    ]) {
      expect(await write({ cookie, ...foreign }), `from ${JSON.stringify(foreign)}`).toMatchObject({
        status: 403,
        body: { type: 'urn:hoi-sach:problem:foreign-origin' },
      });
    }
  });

  test('is nobody after it expired', async () => {
    const cookie = cookieOf(await signIn(await link()));
    fair.clock.now += 14 * day;
    expect((await write({ cookie, ...here })).status).toBe(401);
  });

  test('dies with the link that opened it', async () => {
    const name = `/api/fairs/${fair.fair}/tokens/${fair.id()}`;
    const secret = textIn(
      await fair.ask('PUT', name, { as: 'owner', body: { role: 'organiser', as: 'link' } }),
      'secret',
    );
    const cookie = cookieOf(await signIn(secret));
    expect((await write({ cookie, ...here })).status).toBe(404);
    await fair.ask('PUT', `${name}/revocation`, { as: 'owner', body: {} });
    expect((await write({ cookie, ...here })).status).toBe(401);
  });

  test('a bearer token wins over a cookie, and a bad one is not forgiven', async () => {
    const cookie = cookieOf(await signIn(await link()));
    expect((await write({ cookie, ...here, authorization: 'Bearer hst_made-up' })).status).toBe(401);
    expect((await write({ cookie, authorization: `Bearer ${await fair.token('organiser')}` })).status).toBe(404);
    expect((await write({ cookie, ...here, authorization: 'Basic b3duZXI6' })).status).toBe(401);
  });
});

describe('signing out', () => {
  test("by 'PUT /api/sessions/revocation' kills the session, and may be repeated", async () => {
    const cookie = cookieOf(await signIn(await link()));
    for (const time of [1, 2]) {
      const answer = await ask(fair.app, 'PUT', '/api/sessions/revocation', { body: {}, headers: { cookie, ...here } });
      expect(answer, `time ${time}`).toMatchObject({ status: 200, body: { outcome: 'signed-out' } });
      expect(answer.headers.get('set-cookie')).toMatch(/^session=; Max-Age=0;/);
    }
    expect((await write({ cookie, ...here })).status).toBe(401);
  });
});
