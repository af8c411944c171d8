import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../contract.ts';
import { startFair, type TestFair, textIn } from '../harness.ts';
import { freshToken, scanBody, scans, takePass } from '../some-gate-facts.ts';

/** A good code of no pass. */
const lost = { shortCode: '22222222' };

contract('PUT /api/fairs/{fair}/scans/{scan}', {
  may: ['device', 'organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => ({
    path: `/api/fairs/${fair.fair}/scans/${fair.id()}`,
    body: scanBody(fair, { token: await freshToken(fair, { category: 'family', partySize: 3 }) }),
  }),
  answers: {
    outcome: 'admitted',
    gate: 'G2',
    category: 'family',
    partySize: 3,
    persons: 3,
    trust: 'verified',
    decidedBy: 'server',
  },
  other: { gate: 'G1' },
  bad: [
    { with: { token: '' }, at: 'body.token' },
    { with: { token: undefined }, at: 'body.token' },
    { with: { shortCode: 'ABCDEFGH' }, at: 'body.token' },
    { with: { token: '001200345678|Nguyễn Thị A' }, at: 'body.token' },
    { with: { token: undefined, shortCode: '001200345678|Lê A' }, at: 'body.shortCode' },
    { with: { gate: 'G9' }, at: 'body.gate' },
    { with: { direction: 'through' }, at: 'body.direction' },
    { with: { persons: 4 }, at: 'body.persons' },
    { with: { persons: 0 }, at: 'body.persons' },
    { with: { occurredAt: 'now' }, at: 'body.occurredAt' },
    { with: { occurredAt: undefined }, at: 'body.occurredAt' },
    { with: { occurredAt: '2026-04-21T08:10:01+07:00' }, at: 'body.occurredAt' },
    { with: { occurredAt: '2026-04-19T23:59:59+07:00' }, at: 'body.occurredAt' },
    { with: { decided: { outcome: 'left' } }, at: 'body.decided.outcome' },
    { with: { decided: { outcome: 'refused', reason: 'rain' } }, at: 'body.decided.reason' },
  ],
  anotherCaller: { role: 'device' },
});

contract('PUT /api/fairs/{fair}/scans/{scan}/acceptance', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => {
    const scan = fair.id();
    await scans(fair, scanBody(fair, lost, { decided: { outcome: 'admitted' }, persons: 2 }), { scan });
    return { path: `/api/fairs/${fair.fair}/scans/${scan}/acceptance`, body: { pass: null } };
  },
  answers: { outcome: 'accepted' },
  other: null,
  bad: [{ with: { pass: 'none' }, at: 'body.pass' }],
});

describe('at the gate', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  test('a pass is admitted, then admitted again with when and where it was first', async () => {
    const code = { token: await freshToken(fair) };
    await scans(fair, scanBody(fair, code));
    fair.clock.now += 60_000;
    expect((await scans(fair, scanBody(fair, code))).body).toMatchObject({
      outcome: 'admitted-again',
      first: { occurredAt: new Date(fair.clock.now - 60_000).toISOString(), gate: 'G2' },
    });
  });

  test('where exits are scanned, who is inside is refused until it left', async () => {
    const code = { token: await freshToken(fair) };
    const at = (more: object) => {
      fair.clock.now += 60_000;
      return scans(fair, scanBody(fair, code, { gate: 'G1', ...more }));
    };
    expect((await at({})).body).toMatchObject({ outcome: 'admitted' });
    expect((await at({})).body).toMatchObject({ outcome: 'refused', reason: 'already-inside', first: { gate: 'G1' } });
    expect((await at({ direction: 'out' })).body).toMatchObject({ outcome: 'left', persons: 1 });
    expect((await at({})).body).toMatchObject({ outcome: 'admitted-again' });
  });

  test('what the device has shown stands, whatever would be answered now', async () => {
    const code = { token: await freshToken(fair) };
    await scans(fair, scanBody(fair, code, { gate: 'G1' }));
    fair.clock.now += 60_000;
    const shown = await scans(fair, scanBody(fair, code, { gate: 'G1', decided: { outcome: 'admitted' } }));
    expect(shown.body).toMatchObject({ outcome: 'admitted', decidedBy: 'device', first: { gate: 'G1' } });
    const refused = await scans(fair, scanBody(fair, code, { decided: { outcome: 'refused', reason: 'expired' } }));
    expect(refused.body).toMatchObject({ outcome: 'refused', reason: 'expired', decidedBy: 'device' });
  });

  test('a code that is no pass is a fact of its own: refused, or, let in already, unverified', async () => {
    const online = await scans(fair, scanBody(fair, { token: 'https://example.org' }));
    expect(online.body).toMatchObject({
      outcome: 'refused',
      reason: 'unknown-pass',
      pass: null,
      position: expect.any(Number),
    });
    const offline = await scans(fair, scanBody(fair, lost, { decided: { outcome: 'admitted' }, persons: 2 }));
    expect(offline.body).toMatchObject({
      outcome: 'admitted',
      pass: null,
      category: 'individual',
      partySize: 2,
      persons: 2,
      trust: 'unverified',
    });
  });

  test('a device whose clock is off tells when it sent, and gets the right time', async () => {
    const code = { token: await freshToken(fair) };
    const slow = 300_400;
    const sent = scanBody(fair, code, { occurredAt: fair.clock.now - slow - 10_000, sentAt: fair.clock.now - slow });
    const first = await scans(fair, sent);
    expect(first.body).toMatchObject({ skewSeconds: 300, occurredAt: new Date(fair.clock.now - 10_400).toISOString() });
    fair.clock.now += 45_000;
    const scan = textIn(first, 'scan');
    expect((await scans(fair, { ...sent, sentAt: fair.clock.now }, { scan })).body).toEqual(first.body);
  });

  test('a phone that was five minutes fast and is set right before it sends loses nothing that happened', async () => {
    const ahead = { occurredAt: fair.clock.now + 300_000, sentAt: fair.clock.now };
    const sent = scanBody(fair, { token: await freshToken(fair) }, { ...ahead, decided: { outcome: 'admitted' } });
    const first = await scans(fair, sent);
    expect(first).toMatchObject({
      status: 200,
      body: { outcome: 'admitted', skewSeconds: -300, occurredAt: new Date(fair.clock.now).toISOString() },
    });
    fair.clock.now += 45_000;
    expect((await scans(fair, sent, { scan: textIn(first, 'scan') })).body).toEqual(first.body);
    const body = { ...ahead, gate: 'G1', persons: 10 };
    const counted = await fair.ask('PUT', `/api/fairs/${fair.fair}/walk-ins/${fair.id()}`, { as: 'device', body });
    expect(counted).toMatchObject({ status: 200, body: { outcome: 'counted' } });
    expect(await scans(fair, { ...sent, occurredAt: fair.clock.now + 600_001 })).toMatchObject({ status: 400 });
  });

  test('short codes are resolved for devices only, in scans as in voids', async () => {
    const good = { shortCode: textIn(await takePass(fair), 'shortCode') };
    const ask = (what: 'scans' | 'voids', as: 'device' | 'organiser', body: object) =>
      fair.ask('PUT', `/api/fairs/${fair.fair}/${what}/${fair.id()}`, { as, body });
    const undo = { kind: 'scan', id: fair.id(), reason: 'Nhầm', occurredAt: fair.clock.now, ...good };
    const before = await fair.ports.store.head();
    for (const answer of [await ask('scans', 'organiser', scanBody(fair, good)), await ask('voids', 'organiser', undo)])
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'body.shortCode' }] } });
    expect(await fair.ports.store.head()).toBe(before);
    expect((await ask('scans', 'device', scanBody(fair, good))).body).toMatchObject({ outcome: 'admitted' });
    expect((await ask('voids', 'device', undo)).body).toMatchObject({ outcome: 'pending' });
  });

  test('short codes may be missed twenty times a minute', async () => {
    const device = await fair.token('device', { subject: fair.id() });
    const tries = (count: number, code: string) =>
      Promise.all(
        Array.from({ length: count }, () =>
          fair.ask('PUT', `/api/fairs/${fair.fair}/scans/${fair.id()}`, {
            body: scanBody(fair, { shortCode: code }),
            headers: { authorization: `Bearer ${device}` },
          }),
        ),
      );
    const good = textIn(await takePass(fair), 'shortCode');
    expect((await tries(25, good)).map(({ status }) => status)).toEqual(Array.from({ length: 25 }, () => 200));
    const statuses = (await tries(25, lost.shortCode)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    const [refused] = await tries(1, good);
    expect(refused).toMatchObject({ status: 429, body: { type: 'urn:hoi-sach:problem:too-many-requests' } });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await tries(1, '2222222B')).map(({ status }) => status)).toEqual([200]);
  });

  test('only what is unverified, stands and is there can be accepted', async () => {
    const accept = (scan: string, pass: string | null) =>
      fair.ask('PUT', `/api/fairs/${fair.fair}/scans/${scan}/acceptance`, { as: 'organiser', body: { pass } });
    expect((await accept(fair.id(), null)).status).toBe(404);
    const verified = await scans(fair, scanBody(fair, { token: await freshToken(fair) }));
    expect((await accept(textIn(verified, 'scan'), textIn(verified, 'pass'))).body).toEqual({
      outcome: 'refused',
      reason: 'not-unverified',
    });
    const scan = fair.id();
    await scans(fair, scanBody(fair, lost, { decided: { outcome: 'admitted' } }), { scan });
    await fair.ask('PUT', `/api/fairs/${fair.fair}/voids/${fair.id()}`, {
      as: 'device',
      body: { kind: 'scan', id: scan, reason: 'Nhầm', occurredAt: fair.clock.now },
    });
    expect((await accept(scan, null)).body).toEqual({ outcome: 'refused', reason: 'voided' });
  });
});
