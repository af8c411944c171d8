import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, type Asked, startFair, type TestFair, textIn } from '../harness.ts';
import { freshToken, scanBody, scans, someSettings, takePass } from '../some-gate-facts.ts';

describe("'PUT /api/fairs/{fair}/poster-scans/{scan}'", () => {
  let fair: TestFair;
  beforeEach(async () => {
    await fair?.close();
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const posterCode = (gate = 'G2') => fair.ports.posterCodes.onScreen(fair.fair, gate, fair.clock.now).code;
  const bodyOf = (more: object = {}) => ({ posterCode: posterCode(), occurredAt: fair.clock.now, ...more });
  const tap = (body: object, { scan = fair.id(), cookie }: { scan?: string; cookie?: string } = {}): Promise<Asked> =>
    ask(fair.app, 'PUT', `/api/fairs/${fair.fair}/poster-scans/${scan}`, {
      body,
      ...(cookie === undefined ? {} : { headers: { cookie } }),
    });
  const cookieOf = (answer: Asked): string => answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const changesNothing = async (request: () => Promise<Asked>): Promise<Asked> => {
    const before = await fair.ports.store.head();
    const answer = await request();
    expect(await fair.ports.store.head(), 'events in the log').toBe(before);
    return answer;
  };
  const revise = async (gate: object): Promise<void> => {
    const settings = someSettings();
    await fair.ask('PUT', `/api/fairs/${fair.fair}/revisions/${fair.id()}`, {
      as: 'organiser',
      headers: { 'if-match': '"1"' },
      body: { ...settings, gates: settings.gates.map((each) => (each.code === 'G2' ? { ...each, ...gate } : each)) },
    });
  };

  test('a phone without a pass gets one of the kind poster, and its second tap is the same pass', async () => {
    const first = await tap(bodyOf({ persons: 3 }));
    expect(first.body).toMatchObject({ outcome: 'admitted', persons: 3, partySize: 3, trust: 'verified', gate: 'G2' });
    const [event] = await fair.ports.store.readAt([await fair.ports.store.head()]);
    expect(event).toMatchObject({
      data: { source: 'poster' },
      meta: { actor: { role: 'public', id: textIn(first, 'pass') } },
    });
    fair.clock.now += 60_000;
    const again = await tap(bodyOf(), { cookie: cookieOf(first) });
    expect(again.body).toMatchObject({ outcome: 'admitted-again', pass: textIn(first, 'pass'), first: { gate: 'G2' } });
  });

  test('sent twice it is one fact, whether or not the cookie of the first answer arrived', async () => {
    const [body, scan] = [bodyOf({ persons: 2 }), fair.id()];
    const first = await tap(body, { scan });
    fair.clock.now += 600_000;
    expect((await changesNothing(() => tap(body, { scan }))).body).toEqual(first.body);
    expect((await changesNothing(() => tap(body, { scan, cookie: cookieOf(first) }))).body).toEqual(first.body);
  });

  test('a second tap at the gate within 30 seconds is answered by the first one, however often it is sent', async () => {
    const first = await tap(bodyOf());
    fair.clock.now += 20_000;
    const [second, scan, cookie] = [bodyOf(), fair.id(), cookieOf(first)];
    const again = () => changesNothing(() => tap({ ...second, sentAt: fair.clock.now }, { scan, cookie }));
    expect(await again()).toMatchObject({ status: 200, body: first.body });
    expect((await again()).headers.get('repeated')).toBe('true');
  });

  test('a pass that is tapped without end has to wait', async () => {
    await revise({ exits: 'not-scanned' });
    const first = await tap(bodyOf());
    const cookie = cookieOf(first);
    for (let taps = 1; taps < 100; taps += 1) {
      fair.clock.now += 30_000;
      await tap(bodyOf(), { cookie });
    }
    fair.clock.now += 30_000;
    const answer = await changesNothing(() => tap(bodyOf(), { cookie }));
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe(String(24 * 3600 - 100 * 30));
  });

  test('the same id with other content, or from a phone with another pass, is refused', async () => {
    const [body, scan] = [bodyOf(), fair.id()];
    await tap(body, { scan });
    const another = cookieOf(await takePass(fair));
    expect((await changesNothing(() => tap({ ...body, persons: 2 }, { scan }))).status).toBe(422);
    expect((await changesNothing(() => tap(body, { scan, cookie: another }))).status).toBe(422);
  });

  test('a phone that holds a pass of this fair scans that one', async () => {
    const taken = await takePass(fair, { category: 'pupil', partySize: 2 });
    const tapped = await tap(bodyOf(), { cookie: cookieOf(taken) });
    expect(tapped.body).toMatchObject({
      outcome: 'admitted',
      pass: textIn(taken, 'pass'),
      category: 'pupil',
      persons: 2,
    });
  });

  test('a cookie that is not ours, or of another fair, is as good as none', async () => {
    const forged = `pass-${fair.fair}=${Buffer.from(await freshToken(fair)).toString('base64url')}.${'A'.repeat(43)}`;
    const tapped = await tap(bodyOf(), { cookie: forged });
    expect(tapped.body).toMatchObject({ outcome: 'admitted' });
    const [event] = await fair.ports.store.readAt([await fair.ports.store.head()]);
    expect(event).toMatchObject({ data: { source: 'poster' } });
  });

  test('a code on a screen is good for its 30 seconds and the 30 after, and then leaves no fact', async () => {
    const code = posterCode();
    const at = (ms: number) => {
      fair.clock.now += ms;
      return tap({ posterCode: code, occurredAt: fair.clock.now });
    };
    expect((await at(59_999)).body).toMatchObject({ outcome: 'admitted' });
    const late = await changesNothing(() => at(1));
    expect(late).toMatchObject({ status: 200, body: { outcome: 'refused', reason: 'poster-expired' } });
  });

  test('a printed code is good only where the gate has a printed poster', async () => {
    const { code } = fair.ports.posterCodes.onPrint(fair.fair, 'G2');
    const body = { posterCode: code, occurredAt: fair.clock.now };
    const [scan, no] = [fair.id(), { outcome: 'refused', reason: 'poster-expired' }];
    expect((await tap(body, { scan })).body).toEqual(no);
    await revise({ poster: 'print' });
    fair.clock.now += 3_600_000;
    expect((await changesNothing(() => tap(body, { scan }))).body).toEqual(no);
    expect((await tap({ ...body, occurredAt: fair.clock.now })).body).toMatchObject({ outcome: 'admitted' });
  });

  test("above the gate's limit a new pass is unverified, one that was there before is not", async () => {
    await revise({ posterPassesPerMinuteMax: 2 });
    const trustOf = async (how: { cookie?: string } = {}) => textIn(await tap(bodyOf(), how), 'trust');
    const first = await tap(bodyOf());
    expect(await trustOf()).toBe('verified');
    expect(await trustOf()).toBe('unverified');
    expect(await trustOf({ cookie: cookieOf(first) })).toBe('verified');
    fair.clock.now += 60_000;
    expect(await trustOf()).toBe('verified');
  });

  test('passes that were taken before count as new where they are first used, and stay unverified until one counts', async () => {
    await revise({ posterPassesPerMinuteMax: 2 });
    const taken = [await takePass(fair), await takePass(fair), await takePass(fair)].map(cookieOf);
    const trusts: string[] = [];
    for (const cookie of taken) trusts.push(textIn(await tap(bodyOf(), { cookie }), 'trust'));
    expect(trusts).toEqual(['verified', 'verified', 'unverified']);
    fair.clock.now += 30_000;
    expect(textIn(await tap(bodyOf(), { cookie: taken[2] ?? '' }), 'trust')).toBe('unverified');
    expect(textIn(await tap(bodyOf(), { cookie: taken[0] ?? '' }), 'trust')).toBe('verified');
  });

  test('a phone whose clock is wrong is not believed', async () => {
    const tapped = await tap(bodyOf({ occurredAt: '2026-04-22T09:00:00+07:00' }));
    expect(tapped.body).toMatchObject({ outcome: 'admitted', occurredAt: new Date(fair.clock.now).toISOString() });
  });

  test('a pass that is inside, revoked or used after closing is refused, and no copy of the tap is let in later', async () => {
    const first = await tap(bodyOf({ posterCode: posterCode('G1') }));
    const cookie = cookieOf(first);
    fair.clock.now += 30_000;
    const atG1 = bodyOf({ posterCode: posterCode('G1') });
    const atOnceAndLater = async (body: object) => {
      const scan = fair.id();
      const { body: answer } = await tap(body, { scan, cookie });
      fair.clock.now += 1000;
      expect((await changesNothing(() => tap(body, { scan, cookie }))).body).toEqual(answer);
      return answer;
    };
    expect(await atOnceAndLater(atG1)).toEqual({ outcome: 'refused', reason: 'already-inside' });
    const pass = `/api/fairs/${fair.fair}/passes/${textIn(first, 'pass')}`;
    await fair.ask('PUT', `${pass}/revocation`, { as: 'organiser', body: { reason: 'Lạm dụng' } });
    fair.clock.now += 1000;
    expect(await atOnceAndLater(bodyOf())).toEqual({ outcome: 'refused', reason: 'revoked' });
    await fair.ask('PUT', `/api/fairs/${fair.fair}/closings/${fair.id()}`, { as: 'organiser', body: {} });
    fair.clock.now += 1000;
    expect(await atOnceAndLater(bodyOf())).toEqual({ outcome: 'refused', reason: 'fair-closed' });
  });

  test.for([
    { body: { posterCode: '' }, at: 'body.posterCode' },
    { body: { persons: 11 }, at: 'body.persons' },
    { body: { occurredAt: 'now' }, at: 'body.occurredAt' },
    { body: { gate: 'G1' }, at: 'body.gate' },
  ])('400 at $at', async ({ body, at }) => {
    const answer = await changesNothing(() => tap({ ...bodyOf(), ...body }));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: at }] } });
  });

  test('more people than the pass is for are refused', async () => {
    const cookie = cookieOf(await tap(bodyOf({ persons: 2 })));
    const answer = await changesNothing(() => tap(bodyOf({ persons: 3 }), { cookie }));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'body.persons' }] } });
  });

  test('too much is refused, a fair that does not exist is not there', async () => {
    expect((await tap({ filler: 'x'.repeat(256 * 1024) })).status).toBe(413);
    const elsewhere = `/api/fairs/${fair.id()}/poster-scans/${fair.id()}`;
    expect((await ask(fair.app, 'PUT', elsewhere, { body: bodyOf() })).status).toBe(404);
  });

  test('the pass that a phone got is read by a gate like any other', async () => {
    const first = await tap(bodyOf());
    fair.clock.now += 60_000;
    const scanned = await scans(fair, scanBody(fair, { token: textIn(first, 'token') }));
    expect(scanned.body).toMatchObject({ outcome: 'admitted-again', pass: textIn(first, 'pass') });
  });
});
