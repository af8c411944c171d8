import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFair, type TestFair, textIn } from '../harness.ts';
import { freshToken, scanBody, scans, takePass } from '../some-gate-facts.ts';

describe("'POST /api/fairs/{fair}/public-passes'", () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const path = () => `/api/fairs/${fair.fair}/public-passes`;

  test('gives everybody a signed pass, a short code and a cookie that no script reads, and writes nothing', async () => {
    const before = await fair.ports.store.head();
    const taken = await takePass(fair, { category: 'family', partySize: 4 });
    expect(taken).toMatchObject({ status: 200, body: { outcome: 'taken', category: 'family', partySize: 4 } });
    expect(taken.headers.get('set-cookie')).toMatch(/^pass-[\w-]+=[\w.-]+; .*HttpOnly; SameSite=Lax/);
    expect(await fair.ports.store.head()).toBe(before);
    expect((await fair.ask('POST', path(), { as: 'viewer', body: {} })).status).toBe(200);
  });

  test('a second one is another pass', async () => {
    expect(textIn(await takePass(fair), 'pass')).not.toBe(textIn(await takePass(fair), 'pass'));
  });

  test('lets in, and is nothing at another fair', async () => {
    const token = await freshToken(fair);
    expect((await scans(fair, scanBody(fair, { token }))).body).toMatchObject({
      outcome: 'admitted',
      category: 'individual',
    });
    const device = await fair.token('device', { fair: fair.otherFair });
    const elsewhere = await fair.ask('PUT', `/api/fairs/${fair.otherFair}/scans/${fair.id()}`, {
      body: scanBody(fair, { token }),
      headers: { authorization: `Bearer ${device}` },
    });
    expect(elsewhere.body).toMatchObject({ outcome: 'refused', reason: 'other-fair', pass: null });
  });

  test.for([
    { body: { category: 'staff' }, at: 'body.category' },
    { body: { partySize: 11 }, at: 'body.partySize' },
    { body: { partySize: '2' }, at: 'body.partySize' },
    { body: { name: 'Lan' }, at: 'body.name' },
  ])('400 at $at', async ({ body, at }) => {
    expect(await takePass(fair, body)).toMatchObject({ status: 400, body: { errors: [{ path: at }] } });
  });

  test('too much is refused, and so is what is not JSON', async () => {
    expect((await takePass(fair, { filler: 'x'.repeat(256 * 1024) })).status).toBe(413);
    expect((await fair.ask('POST', path(), { body: '{' })).status).toBe(400);
  });

  test('there is none for a fair that does not exist, or is over', async () => {
    expect((await fair.ask('POST', `/api/fairs/${fair.id()}/public-passes`, { body: {} })).status).toBe(404);
    await fair.ask('PUT', `/api/fairs/${fair.fair}/closings/${fair.id()}`, { as: 'organiser', body: {} });
    expect(await takePass(fair)).toMatchObject({ status: 200, body: { outcome: 'refused', reason: 'fair-closed' } });
  });
});
