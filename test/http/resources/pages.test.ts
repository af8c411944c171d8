import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../events/envelope.ts';
import { newSecret } from '../../../src/auth/secrets.ts';
import { createApp } from '../../../src/http/app.ts';
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

test("'GET /verify' is for everybody, before there is a fair, and names this server in its commands", async () => {
  const page = await open('/verify');
  expect(page.status).toBe(200);
  expect(page.body).toContain('<h1>Kiểm chứng</h1>');
  expect(page.body).toMatch(/curl -o seal\.txt http:\/\/[\w.:]+\/api\/log\/checkpoint/);
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

describe('pages of fairs', () => {
  let counted: TestFair;
  beforeAll(async () => {
    counted = await startFair({ figures: 'running' });
    await counted.projected();
  });
  afterAll(() => counted.close());

  const read = async (path: string, as: Role = 'public') => {
    const authorization = as === 'public' ? {} : { authorization: `Bearer ${await counted.token(as)}` };
    return ask(counted.app, 'GET', path, { headers: { ...reading, ...authorization } });
  };
  const fairPage = () => `/fairs/${counted.fair}`;
  const boardPage = () => `/fairs/${counted.fair}/board`;

  test("the first page, 'GET /', lists them, and links a board to whoever may open it", async () => {
    const page = await read('/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('Ngày Sách Bắc Ninh');
    expect(page.body).toContain(`href="${fairPage()}"`);
    expect(page.body).not.toContain(boardPage());
    expect((await read('/', 'viewer')).body).toContain(`href="${boardPage()}"`);
    expect((await read('/', 'owner')).body).toContain(`/fairs/${counted.otherFair}/board`);
    expect((await read('/', 'viewer')).body).not.toContain(`/fairs/${counted.otherFair}/board`);
  });

  test("everybody may read a fair's own page, 'GET /fairs/{fair}', with the total and nothing more", async () => {
    const page = await read(fairPage());
    expect(page.status).toBe(200);
    expect(page.body).toContain('Quảng trường');
    expect(page.body).toContain('public-live-');
    expect(page.body).not.toContain('/board');
    expect((await read(fairPage(), 'viewer')).body).toContain(`href="${boardPage()}"`);
  });

  test("the board, 'GET /fairs/{fair}/board', opens for viewers and more", async () => {
    for (const role of ['viewer', 'organiser', 'auditor', 'owner'] as const) {
      const page = await read(boardPage(), role);
      expect(page.status, `for ${role}`).toBe(200);
      expect(page.body).toContain('id="board"');
    }
    expect((await read(boardPage())).status).toBe(401);
    expect((await read(boardPage())).body).toContain('Cần đăng nhập');
    for (const role of ['device', 'exhibitor', 'till', 'application-link', 'group-link'] as const) {
      expect((await read(boardPage(), role)).status, `for ${role}`).toBe(404);
    }
  });

  test('a browser that is signed in to one fair reads the other one like anybody', async () => {
    const secret = newSecret('session');
    const expiresAt = counted.clock.now + 60_000;
    await counted.ports.credentials.issue({
      secret,
      kind: 'session',
      role: 'viewer',
      fair: counted.fair,
      subject: 'v',
      expiresAt,
    });
    const withCookie = (path: string) =>
      ask(counted.app, 'GET', path, { headers: { ...reading, cookie: `session=${secret}` } });
    expect((await withCookie(boardPage())).status).toBe(200);
    expect((await withCookie(`/fairs/${counted.otherFair}`)).status).toBe(200);
    expect((await withCookie(`/fairs/${counted.otherFair}/board`)).status).toBe(404);
  });

  test('what is no fair is no page', async () => {
    for (const path of [`/fairs/${counted.id()}`, '/fairs/bac-ninh']) {
      const page = await read(path);
      expect(page.body, `at ${path}`).toContain('Không có trang này');
    }
  });

  test('nothing is inline, and every file is ours', async () => {
    for (const page of [await read('/'), await read(fairPage()), await read(boardPage(), 'viewer')]) {
      const html = String(page.body);
      expect(html).not.toMatch(/<style|style="|<script(?! type="module" src="\/assets\/)|\son\w+="/);
      expect([...html.matchAll(/(?:src|href)="(https?:|\/\/)/g)]).toEqual([]);
    }
  });
});

test('the first page of an empty log says what to do next', async () => {
  const empty = createApp({ ...fair.ports, fairList: async () => [] });
  const page = await ask(empty, 'GET', '/', { headers: { ...reading, host: 'localhost' } });
  expect(page.status).toBe(200);
  expect(page.body).toContain('npm run -s cli -- token --role owner --link');
});

test('the first page asks for patience while the figures are counted for the first time', async () => {
  const counting = createApp({ ...fair.ports, fairList: async () => undefined });
  const page = await ask(counting, 'GET', '/', { headers: { ...reading, host: 'localhost' } });
  expect(page.status).toBe(503);
  expect(page.headers.get('retry-after')).toBe('1');
});
