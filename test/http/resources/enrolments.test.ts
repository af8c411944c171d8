import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerDevice } from '../../../src/commands/register-device.ts';
import { revokeDevice } from '../../../src/commands/revoke-device.ts';
import { contract } from '../contract.ts';
import { ask, startFair, subjects, type TestFair, textIn } from '../harness.ts';

const contextIn = ({ fair, clock }: TestFair) => ({
  fair,
  actor: { role: 'organiser' as const, id: subjects.account },
  correlation: 'test',
  now: clock.now,
});

const registered = async (fair: TestFair): Promise<string> => {
  const device = fair.id();
  await registerDevice(fair.ports, contextIn(fair), { device, label: 'Cổng chính, máy 1', gate: 'G1' });
  return device;
};

contract('PUT /api/fairs/{fair}/devices/{device}/enrolments/{enrolment}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => ({
    path: `/api/fairs/${fair.fair}/devices/${await registered(fair)}/enrolments/${fair.id()}`,
    body: {},
  }),
  answers: { secret: expect.stringMatching(/^hse_[\w-]{43}$/), expiresAt: '2026-04-21T01:10:00.000Z' },
  other: null,
  bad: [],
});

describe('POST /api/enrolments', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const offer = async (device: string): Promise<string> => {
    const path = `/api/fairs/${fair.fair}/devices/${device}/enrolments/${fair.id()}`;
    return textIn(await fair.ask('PUT', path, { as: 'organiser', body: {} }), 'secret');
  };
  const enrol = (secret: unknown) => ask(fair.app, 'POST', '/api/enrolments', { body: { secret } });
  const holderOf = (token: string) => fair.ports.credentials.ofBearer(token);

  test('leaves one token of a device, though it is enrolled twice at once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const device = await registered(fair);
      const secrets = [await offer(device), await offer(device), await offer(device)];
      const answers = await Promise.all(secrets.map(enrol));
      const enrolled = answers.filter(({ status }) => status === 200);
      const holders = await Promise.all(enrolled.map((answer) => holderOf(textIn(answer, 'token'))));
      expect(holders.filter((holder) => holder !== undefined)).toMatchObject([{ actor: { id: device } }]);
    }
  });

  test("is 'POST /api/enrolments' with the secret on the organiser's screen, once", async () => {
    const device = await registered(fair);
    const secret = await offer(device);
    const first = await enrol(secret);
    expect(first).toMatchObject({ status: 200, body: { outcome: 'enrolled', fair: fair.fair, device } });
    expect(await holderOf(textIn(first, 'token'))).toMatchObject({
      actor: { role: 'device', id: device },
      fair: fair.fair,
    });
    const [event] = await fair.ports.store.readAt([await fair.ports.store.head()]);
    expect(event).toMatchObject({
      type: 'DeviceEnrolled',
      data: { device },
      meta: { actor: { role: 'device', id: device } },
    });

    const before = await fair.ports.store.head();
    expect(await enrol(secret)).toMatchObject({ status: 401, body: { detail: expect.stringContaining('was used') } });
    expect(await fair.ports.store.head()).toBe(before);
    expect(fair.logged.join('')).not.toMatch(/hs[et]_/);
  });

  test('ten minutes are all there are', async () => {
    const secret = await offer(await registered(fair));
    fair.clock.now += 600_000;
    expect((await enrol(secret)).status).toBe(401);
  });

  test('a device that is enrolled again has one token, the new one, and no other code is good any more', async () => {
    const device = await registered(fair);
    const [first, second, third] = [await offer(device), await offer(device), await offer(device)];
    const old = textIn(await enrol(first), 'token');
    expect((await enrol(second)).status).toBe(401);
    const again = textIn(await enrol(await offer(device)), 'token');
    expect(await holderOf(old)).toBeUndefined();
    expect(await holderOf(again)).toMatchObject({ actor: { id: device } });
    expect((await enrol(third)).status).toBe(401);
  });

  test('a device that was revoked or never registered is offered nothing, and a code from before is refused', async () => {
    const device = await registered(fair);
    const secret = await offer(device);
    await revokeDevice(fair.ports, contextIn(fair), { device, reason: 'thất lạc' });
    expect(await enrol(secret)).toMatchObject({ status: 200, body: { outcome: 'refused', reason: 'revoked' } });
    for (const gone of [device, fair.id()]) {
      const path = `/api/fairs/${fair.fair}/devices/${gone}/enrolments/${fair.id()}`;
      expect((await fair.ask('PUT', path, { as: 'organiser', body: {} })).status).toBe(404);
    }
  });

  test.for([{}, { secret: 1 }, { secret: '' }])('400 for %j', async (body) => {
    expect(await ask(fair.app, 'POST', '/api/enrolments', { body })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.secret' }] },
    });
  });

  test('413', async () => {
    expect((await enrol('x'.repeat(256 * 1024))).status).toBe(413);
  });
});
