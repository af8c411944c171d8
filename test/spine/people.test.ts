import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FiguresDocument } from '../../src/contract/figures.ts';
import { contact, form, plan, repeatKey } from '../http/some-exhibitor-facts.ts';
import { eventually } from '../support/processes.ts';
import { ask, done, newId, positionIn, textIn } from './asking.ts';
import { type OpenFair, openFair, times } from './open-fair.ts';
import { type Spine, spine } from './place.ts';

let server: Spine & AsyncDisposable;
let fair: OpenFair;

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

beforeAll(async () => {
  server = await spine();
  fair = await openFair(server);
});
afterAll(() => server[Symbol.asyncDispose]());

const open = (path: string, headers: Record<string, string> = {}) =>
  ask(server.origin, 'GET', path, { headers: { accept: 'text/html', ...headers } });

describe('an exhibitor', () => {
  const exhibitor = newId();
  let link: string;

  test('applies, keeps its own link, and is approved', async () => {
    const applied = await fair.done('PUT', `/applications/${exhibitor}`, { body: { form, contact, repeatKey } });
    expect(applied).toMatchObject({ outcome: 'recorded', status: 'submitted' });
    link = textIn(applied, 'secret');
    const review = `/applications/${exhibitor}/reviews/${newId()}`;
    const approval = { token: fair.tokens.organiser, body: { decision: 'approve' } };
    expect(await fair.done('PUT', review, approval)).toMatchObject({ status: 'approved' });
  });

  test('is told of its booth, by what follows from the assignment', async () => {
    const token = fair.tokens.organiser;
    await fair.done('PUT', '/booths/B1', { token, body: plan });
    const assignment = { token, body: { exhibitor } };
    const path = `/booths/B1/assignments/${newId()}`;
    expect(await fair.done('PUT', path, assignment)).toMatchObject({ outcome: 'assigned', exhibitor });
    await eventually(async () => {
      const { body } = await fair.ask('GET', `/applications/${exhibitor}`, { token: link });
      return JSON.stringify(body).includes('"booths":["B1"]');
    }, 60);
    // Its contact went through the vault, and comes back to itself.
    expect(await fair.done('GET', `/applications/${exhibitor}`, { token: link })).toMatchObject({
      contact: { name: contact.name },
    });
  });

  test('shows books, sells some, and is counted', async () => {
    const given = await fair.done('PUT', `/tokens/${newId()}`, {
      token: link,
      body: { role: 'exhibitor', as: 'token', exhibitor },
    });
    const token = textIn(given, 'secret');
    const below = `/exhibitors/${exhibitor}`;
    const upload = `${below}/catalogue-uploads/${newId()}`;
    const line = {
      line: 1,
      gtin: '978-604-1-23456-7',
      name: 'Dế Mèn phiêu lưu ký',
      listPrice: '50.000',
      copies: '1.200',
    };
    await fair.done('PUT', `${upload}/chunks/1`, { token, body: { lines: [line] } });
    const whole = { chunks: 1, lines: 1, copies: 1200 };
    expect(await fair.done('PUT', upload, { token, body: whole })).toMatchObject({ outcome: 'complete' });
    const stock = { kind: 'displayed', copies: '1.000', ...times() };
    await fair.done('PUT', `${below}/stock/${newId()}`, { token, body: stock });
    const lines = [{ gtin: '9786041234567', copies: 3, paid: '150.000' }];
    const sale = await fair.done('PUT', `${below}/sales/${newId()}`, {
      token,
      body: { lines, payment: 'cash', ...times() },
    });
    expect(sale).toMatchObject({ outcome: 'recorded', copies: 3, paid: 150_000 });
    const path = `/figures?after=${positionIn(sale)}`;
    const { figures } = FiguresDocument.parse(await fair.done('GET', path, { token: fair.tokens.viewer }));
    const values = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
    expect(values).toMatchObject({
      titles: 1,
      'copies-displayed': 1000,
      'copies-sold': 3,
      'organisations-registered': 1,
    });
  });
});

describe('whoever opens a page', () => {
  test('sees the fair, and gets nothing that would run in its name', async () => {
    const { status, headers, body } = await open(`/fairs/${fair.fair}`);
    expect(status).toBe(200);
    expect(body).toContain('Ngày Sách và Văn hóa đọc');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect((await open('/')).body).toContain(`/fairs/${fair.fair}`);
    expect((await open('/docs')).status).toBe(200);
    expect(await open('/nowhere')).toMatchObject({ status: 404, body: expect.stringContaining('<html') });
  });

  test('gets styles and scripts once in their life', async () => {
    const page = String((await open(`/fairs/${fair.fair}`)).body);
    const addresses = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) {
      const { status, headers } = await open(address);
      expect(status, address).toBe(200);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    const style = addresses.find((address) => address.endsWith('.css')) ?? '';
    expect((await open(style)).headers.get('content-type')).toBe('text/css; charset=utf-8');
    for (const nothing of ['/assets/site.css', '/assets/manifest.json', '/manifest.json'])
      expect((await open(nothing)).status, nothing).toBe(404);
  });

  test('signs in with a link that is good once, and then sees the board', async () => {
    const board = `/fairs/${fair.fair}/board`;
    expect((await open(board)).status).toBe(401);
    const given = await fair.done('PUT', `/tokens/${newId()}`, {
      token: fair.tokens.organiser,
      body: { role: 'viewer', as: 'link' },
    });
    const body = { secret: textIn(given, 'secret') };
    const session = await ask(server.origin, 'POST', '/api/sessions', { body });
    expect(session).toMatchObject({ status: 200, body: { role: 'viewer', fair: fair.fair } });
    expect((await ask(server.origin, 'POST', '/api/sessions', { body })).status).toBe(401);
    const [cookie = ''] = (session.headers.get('set-cookie') ?? '').split(';');
    expect(await open(board, { cookie })).toMatchObject({ status: 200, body: expect.stringContaining('<html') });
    // A foreign page cannot write in the name of whoever is signed in.
    const foreign = { body: {}, headers: { cookie, origin: 'https://elsewhere.example' } };
    expect((await ask(server.origin, 'PUT', '/api/sessions/revocation', foreign)).status).toBe(403);
    const ours = { body: {}, headers: { cookie, origin: server.origin } };
    expect(await done(server.origin, 'PUT', '/api/sessions/revocation', ours)).toEqual({ outcome: 'signed-out' });
    expect((await open(board, { cookie })).status).toBe(401);
  });
});
