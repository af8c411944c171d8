import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FiguresDocument } from '../../src/contract/figures.ts';
import { ask, newId, positionIn, textIn } from './asking.ts';
import { followLive } from './live-stream.ts';
import { aPass, type OpenFair, openFair, scanOf, times } from './open-fair.ts';
import { type Spine, spine } from './place.ts';

/** What every runtime has to do alike, asked from outside. */
let server: Spine & AsyncDisposable;
let fair: OpenFair;

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

beforeAll(async () => {
  server = await spine();
  fair = await openFair(server);
});
afterAll(() => server[Symbol.asyncDispose]());

const get = (path: string, headers = {}) => ask(server.origin, 'GET', path, { headers });
const byDevice = (body: unknown) => ({ token: fair.device.token, body });

/** The exact figures once everything up to a position is in them. */
const figuresAfter = async (position: number): Promise<Record<string, number | null>> => {
  const body = await fair.done('GET', `/figures?after=${position}`, { token: fair.tokens.viewer });
  return Object.fromEntries(FiguresDocument.parse(body).figures.map(({ key, value }) => [key, value]));
};

describe('a server', () => {
  test('says that it lives, and that it can answer', async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } });
    expect(await get('/readyz')).toMatchObject({ status: 200, body: { log: 'ready' } });
  });

  test('describes itself to programs', async () => {
    const { status, body } = await get('/openapi.json');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      openapi: '3.1.0',
      paths: { '/api/fairs/{fair}/scans/{scan}': { put: expect.any(Object) } },
    });
  });

  test('answers strangers alike for what is not there and what is not theirs', async () => {
    const elsewhere = `/api/fairs/${newId()}`;
    expect((await get('/nowhere')).status).toBe(404);
    expect((await get(elsewhere)).status).toBe(404);
    expect((await ask(server.origin, 'GET', elsewhere, { token: fair.device.token })).status).toBe(404);
  });
});

describe('a fair', () => {
  test('is created once, however often it is sent', async () => {
    const again = await fair.ask('PUT', '', { token: fair.tokens.owner, body: fair.settings });
    expect(again).toMatchObject({ status: 200, body: { outcome: 'created', fair: fair.fair, revision: 1 } });
    expect(again.headers.get('repeated')).toBe('true');
    const other = { ...fair.settings, province: '01' };
    expect(await fair.ask('PUT', '', { token: fair.tokens.owner, body: other })).toMatchObject({ status: 422 });
    expect(await fair.ask('GET', '')).toMatchObject({ body: { status: 'running', settings: { province: '24' } } });
  });

  test('lets a device in with a secret that is good once', async () => {
    const path = `/devices/${fair.device.id}/enrolments/${newId()}`;
    const offer = await fair.done('PUT', path, { token: fair.tokens.organiser, body: {} });
    expect(await fair.done('PUT', path, { token: fair.tokens.organiser, body: {} })).toEqual(offer);
    const body = { secret: textIn(offer, 'secret') };
    const enrolled = await ask(server.origin, 'POST', '/api/enrolments', { body });
    expect(enrolled).toMatchObject({ status: 200, body: { outcome: 'enrolled', device: fair.device.id } });
    expect((await ask(server.origin, 'POST', '/api/enrolments', { body })).status).toBe(401);
    // The token it had before is dead, at once.
    expect((await fair.ask('PUT', `/scans/${newId()}`, byDevice(scanOf('x')))).status).toBe(401);
    fair = { ...fair, device: { id: fair.device.id, token: textIn(enrolled.body, 'token') } };
  });

  test('gives visitors a pass of their own, which opens the gate', async () => {
    const taken = await fair.ask('POST', '/public-passes', { body: { category: 'family', partySize: 3 } });
    expect(taken).toMatchObject({ status: 200, body: { outcome: 'taken', partySize: 3 } });
    expect(taken.headers.get('set-cookie')).toMatch(/^pass-.+; HttpOnly; SameSite=Lax/);
    const scanned = await fair.ask('PUT', `/scans/${newId()}`, byDevice(scanOf(textIn(taken.body, 'token'))));
    expect(scanned).toMatchObject({ status: 200, body: { outcome: 'admitted', persons: 3, trust: 'verified' } });
  });
});

describe('a scan', () => {
  test('is decided once, and answered alike whenever it is sent again', async () => {
    const { token, pass } = await aPass(fair);
    const path = `/scans/${newId()}`;
    const first = await fair.ask('PUT', path, byDevice(scanOf(token)));
    expect(first).toMatchObject({ status: 200, body: { outcome: 'admitted', pass, persons: 1 } });
    expect(first.headers.get('repeated')).toBe('false');
    const occurredAt = Date.parse(textIn(first.body, 'occurredAt'));
    const again = await fair.ask('PUT', path, byDevice({ ...scanOf(token), occurredAt, sentAt: occurredAt }));
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get('repeated')).toBe('true');
    const other = { ...scanOf(token), occurredAt, sentAt: occurredAt, direction: 'out' };
    expect(await fair.ask('PUT', path, byDevice(other))).toMatchObject({
      status: 422,
      body: { type: 'urn:hoi-sach:problem:id-already-used' },
    });
  });

  test('of the short code finds its pass; of anything else it is refused, and that is an answer', async () => {
    const { shortCode, pass } = await aPass(fair, { category: 'pupil' });
    const { token: _, ...body } = { ...scanOf(''), shortCode };
    expect(await fair.ask('PUT', `/scans/${newId()}`, byDevice(body))).toMatchObject({
      status: 200,
      body: { outcome: 'admitted', pass },
    });
    expect(await fair.ask('PUT', `/scans/${newId()}`, byDevice(scanOf('https://example.com')))).toMatchObject({
      status: 200,
      body: { outcome: 'refused', pass: null },
    });
  });

  test('names every bad field, and takes nothing that is too large or no JSON', async () => {
    const path = `/scans/${newId()}`;
    const wrong = await fair.ask('PUT', path, byDevice({ ...scanOf('x'), direction: 'up', gate: 7 }));
    expect(wrong).toMatchObject({ status: 400, body: { type: 'urn:hoi-sach:problem:bad-request' } });
    expect(wrong.body).toHaveProperty('errors.length', 2);
    expect(wrong.body).toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ path: 'body.direction' }),
        expect.objectContaining({ path: 'body.gate' }),
      ]),
    });
    const large = { ...scanOf('x'), note: 'x'.repeat(300_000) };
    expect((await fair.ask('PUT', path, byDevice(large))).status).toBe(413);
    const text = { ...byDevice('{}'), headers: { 'content-type': 'text/plain' } };
    expect((await fair.ask('PUT', path, text)).status).toBe(415);
    expect((await fair.ask('PUT', '/scans/7', byDevice(scanOf('x')))).status).toBe(400);
  });

  test('is for those who may', async () => {
    const path = `/scans/${newId()}`;
    expect((await fair.ask('PUT', path, { body: scanOf('x') })).status).toBe(401);
    expect((await fair.ask('PUT', path, { token: 'hst_made-up', body: scanOf('x') })).status).toBe(401);
    expect((await fair.ask('PUT', path, { token: fair.tokens.viewer, body: scanOf('x') })).status).toBe(403);
    const elsewhere = { token: fair.device.token, body: scanOf('x') };
    expect((await ask(server.origin, 'PUT', `/api/fairs/${newId()}${path}`, elsewhere)).status).toBe(404);
  });
});

describe('facts', () => {
  test('come together, and each is answered by itself', async () => {
    const { token } = await aPass(fair);
    const ids = [newId(), newId(), newId(), newId()];
    const kinds = ['walk-in', 'scan', 'scan', 'picnic'];
    const walkIn = { gate: 'G1', persons: 5, ...times() };
    const bodies = [walkIn, scanOf(token), { ...scanOf(token), gate: 'G9' }, {}];
    const items = ids.map((id, index) => ({ kind: kinds[index], id, body: bodies[index] }));
    const delivered = await fair.ask('POST', '/facts', byDevice({ items }));
    const expected = [
      { id: ids[0], status: 200, body: { outcome: 'counted', persons: 5 } },
      { id: ids[1], status: 200, body: { outcome: 'admitted' } },
      { id: ids[2], status: 400, body: { errors: [{ path: 'body.gate' }] } },
      { id: ids[3], status: 400 },
    ];
    expect(delivered).toMatchObject({ status: 200, body: { items: expected } });
    const again = await fair.ask('POST', '/facts', byDevice({ items: items.slice(0, 2) }));
    expect(again).toMatchObject({ status: 200, body: { items: expected.slice(0, 2) } });
  });

  test('are undone by a fact, and counted without it', async () => {
    const id = newId();
    const body = { gate: 'G1', persons: 40, ...times() };
    const before = positionIn(await fair.done('PUT', `/walk-ins/${id}`, byDevice(body)));
    const { visits } = await figuresAfter(before);
    const undo = byDevice({ kind: 'walk-in', id, reason: 'Bấm nhầm', ...times() });
    const after = positionIn(await fair.done('PUT', `/voids/${newId()}`, undo));
    expect((await figuresAfter(after))['visits']).toBe((visits ?? 0) - 40);
  });
});

describe('the figures', () => {
  test('are read as they are after a write, by viewers; everybody else sees the total', async () => {
    const before = await figuresAfter(0);
    const { token } = await aPass(fair, { category: 'family', partySize: 4 });
    const position = positionIn(await fair.done('PUT', `/scans/${newId()}`, byDevice(scanOf(token))));
    expect((await figuresAfter(position))['visits']).toBe((before['visits'] ?? 0) + 4);
    const shown = await fair.ask('GET', '/figures');
    expect(shown.body).toMatchObject({ visits: { value: (before['visits'] ?? 0) + 4 } });
    expect(shown.body).not.toHaveProperty('figures');
    const known = { 'if-none-match': shown.headers.get('etag') ?? '' };
    expect((await fair.ask('GET', '/figures', { headers: known })).status).toBe(304);
  });

  test('lead to the facts behind them', async () => {
    const page = await fair.done('GET', '/figures/visits/events', { token: fair.tokens.organiser });
    expect(page).toMatchObject({
      figure: 'visits',
      events: expect.arrayContaining([expect.objectContaining({ type: 'VisitorCheckedIn' })]),
    });
    expect((await fair.ask('GET', '/figures/visits/events')).status).toBe(401);
  });

  test('are followed live: all of them by viewers, the total by everybody', async () => {
    const { visits } = await figuresAfter(0);
    const [board, street] = await Promise.all([
      followLive(server.origin, fair.fair, fair.tokens.viewer),
      followLive(server.origin, fair.fair),
    ]);
    expect(board.response.headers.get('content-type')).toBe('text/event-stream');
    expect(await board.showing(visits ?? 0)).toHaveProperty('figures');
    expect(await street.showing(visits ?? 0)).toHaveProperty('visits');
    const { token } = await aPass(fair);
    await fair.done('PUT', `/scans/${newId()}`, byDevice(scanOf(token)));
    await board.showing((visits ?? 0) + 1);
    await street.showing((visits ?? 0) + 1);
    await Promise.all([board.leave(), street.leave()]);
  });
});
