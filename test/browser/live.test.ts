import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { freshId } from '../../src/commands/ids.ts';
import { FairCreated } from '../../src/contract/fairs.ts';
import { PublicPass } from '../../src/contract/passes.ts';
import { formatNumber, localDayOf } from '../../src/web/format.ts';
import { type Language, languages } from '../../src/web/language.ts';
import { boardPath, fairPath } from '../../src/web/paths.ts';
import { exampleFair } from '../../src/web/pages/welcome.tsx';
import { type Program, runProgram } from '../support/program.ts';
import { findings } from './axe.ts';
import { launchChromium } from './chromium.ts';

/*
 * The server as `npm start` runs it, on nothing, and an organiser's way through it: each test goes on where the one
 * before it ended.
 */

const fair = freshId(Date.now());
let folder: string;
let server: Program;
let link: string;
let origin: string;
let token: string;
let browser: Browser;
/** A browser that signs in with the first link. */
let owner: BrowserContext;
let visits = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoi-sach-live-'));
  const environment = { DATA_DIR: join(folder, 'data'), PORT: '0' };
  server = runProgram('src/server.ts', [], environment);
  [link] = await server.says(/^http:\/\/localhost:\d+\/sign-in#.+$/);
  ({ origin } = new URL(link));
  const cli = runProgram('src/cli.ts', ['token', '--role', 'owner'], environment);
  await cli.ended;
  token = cli.output().trim();
  browser = await launchChromium();
  owner = await browser.newContext();
});

afterAll(async () => {
  await browser.close();
  server.kill('SIGTERM');
  await server.ended;
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
});

const send = async (method: 'PUT' | 'POST', path: string, body: unknown): Promise<unknown> => {
  const response = await fetch(`${origin}/api/fairs/${fair}${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  expect({ path, status: response.status, answer }).toMatchObject({ path, status: 200 });
  return answer;
};

const TakenPass = PublicPass.and(z.object({ outcome: z.literal('taken'), token: z.string() }));

/** A new family at the gate; scanning it again, as a bad network would, changes nothing. */
const familyOf = async (partySize: number): Promise<() => Promise<unknown>> => {
  const pass = TakenPass.parse(await send('POST', '/public-passes', { category: 'family', partySize }));
  const scan = `/scans/${freshId(Date.now())}`;
  const body = { token: pass.token, gate: 'A1', direction: 'in', occurredAt: Date.now() };
  return () => send('PUT', scan, body);
};

const open = async (path: string): Promise<Page> => {
  const page = await owner.newPage();
  await page.goto(`${origin}${path}`);
  return page;
};

const shows = (page: Page, place: string, language: Language) =>
  page.waitForSelector(`${place}:text-is("${formatNumber(visits, language)}")`, { timeout: 10_000 });

test('the first page says what to do next, and its link makes whoever presses the button the owner', async () => {
  const page = await open('/?lang=vi');
  expect(await page.textContent('h1')).toBe('Hệ thống đã sẵn sàng');

  await page.goto(link);
  await page.waitForSelector('#enter:visible');
  expect(page.url()).toBe(`${origin}/sign-in`);
  await page.click('#enter');
  await page.waitForURL(`${origin}/`);
  expect(await page.textContent('.done')).toBe('Đã xong: bạn đang đăng nhập.');
  expect(await findings(page)).toEqual([]);
  await page.close();
});

test('the fair that the first page shows can be made as it stands, twice, and has its public page', async () => {
  const body = exampleFair(localDayOf(new Date().toISOString()));
  const answer = await send('PUT', '', body);
  expect(await send('PUT', '', body)).toEqual(answer);

  // The list of fairs is read once a second at most, and the test before has just looked at it.
  const { position } = FairCreated.parse(answer);
  const page = await open(`/?lang=vi&after=${position}`);
  await page.click('.fair-entry h3 a');
  await page.waitForURL(`${origin}${fairPath(fair)}`);
  expect(await page.textContent('.total-none')).toBe('Chưa có lượt nào được ghi nhận.');
  expect(await findings(page)).toEqual([]);
  await page.close();
});

test('a new visit shows on the board within one second of the scan’s answer, in both languages', async () => {
  const boards = await Promise.all(
    languages.map(async (language) => ({ language, page: await open(`${boardPath(fair)}?lang=${language}`) })),
  );
  for (const { page } of boards) {
    await page.waitForSelector('#connection[data-state="live"]');
    await page.evaluate(noteEveryNumber);
  }

  const waited: { language: Language; milliseconds: number }[] = [];
  for (const partySize of [1, 4, 1, 10, 2]) {
    const scan = await familyOf(partySize);
    const answer = await scan();
    const answeredAt = Date.now();
    visits += partySize;
    for (const { page, language } of boards) {
      await shows(page, '#headline [data-beat="visits"]', language);
      waited.push({ language, milliseconds: (await page.evaluate(shownAt)) - answeredAt });
    }
    expect(await scan()).toEqual(answer);
  }
  for (const language of languages)
    expect(median(waited.filter((one) => one.language === language))).toBeLessThan(1000);

  for (const { page, language } of boards) {
    expect(await page.textContent('#headline [data-beat="today"]')).toBe(formatNumber(visits, language));
    expect(await findings(page)).toEqual([]);
    await page.close();
  }
});

/** The middle one: a machine that does other work as well may hold a single one up. */
const median = (waited: readonly { milliseconds: number }[]): number =>
  waited.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)[Math.floor(waited.length / 2)] ?? Infinity;

/** Writes down, in the page itself, when its number of visits last changed; both clocks are this machine's. */
const noteEveryNumber = () => {
  const headline = document.querySelector<HTMLElement>('#headline');
  if (headline === null) return;
  new MutationObserver(() => (headline.dataset['changedAt'] = String(Date.now()))).observe(headline, {
    subtree: true,
    characterData: true,
  });
};

const shownAt = () => Number(document.querySelector<HTMLElement>('#headline')?.dataset['changedAt']);

test('the facts behind the visits can be listed, the scan among them', async () => {
  const page = await open(`${boardPath(fair)}?lang=vi`);
  await page.waitForSelector('#connection[data-state="live"]');
  await page.click('#headline [commandfor="about-visits"]');
  await page.waitForSelector('#about-visits .fact');

  expect(await page.locator('#about-visits .fact').count()).toBe(5);
  expect(await page.textContent('#about-visits .fact:first-child')).toContain('số người: 2, đối tượng: Gia đình');
  await page.close();
});

test('a fact leads to its receipt, which the browser finds true once it is sealed', async () => {
  const page = await open(`${boardPath(fair)}?lang=vi`);
  await page.waitForSelector('#connection[data-state="live"]');
  await page.click('#headline [commandfor="about-visits"]');
  await page.click('#about-visits .fact:first-child summary');
  await page.click('#about-visits .fact:first-child .fact-verify');
  await page.waitForURL(/\/verify#\d+$/);
  const verdict = async () => {
    const found = (await page.getAttribute('.verdict', 'class')) ?? '';
    // Facts are sealed every two seconds.
    if (found.includes('verdict-open')) await page.reload();
    return found;
  };
  await expect.poll(verdict, { timeout: 30_000, interval: 500 }).toContain('verdict-good');
  expect(await page.locator('.check-step-good').count()).toBe(4);
  expect(await findings(page)).toEqual([]);
  await page.close();
});

test('the public sees the total alone, live, and no board', async () => {
  const page = await browser.newPage();
  await page.goto(`${origin}${fairPath(fair)}?lang=en`);
  await page.waitForSelector('#connection[data-state="live"]');
  await (
    await familyOf(3)
  )();
  visits += 3;
  await shows(page, '#total [data-beat="visits"]', 'en');

  const board = await page.goto(`${origin}${boardPath(fair)}`);
  expect(board?.status()).toBe(401);
  expect(await page.textContent('h1')).toBe('Please sign in');
  await page.close();
});

test('whoever signs out sees the board no more', async () => {
  const page = await open(`${boardPath(fair)}?lang=vi`);
  await page.click('#sign-out');
  await page.waitForURL(`${origin}/`);
  expect((await page.goto(`${origin}${boardPath(fair)}`))?.status()).toBe(401);
  await page.close();
});

test('the server had nothing to complain about, and ends when it is told to', async () => {
  server.kill('SIGTERM');
  expect({ code: await server.ended, errors: server.errors() }).toEqual({ code: 0, errors: '' });
  expect(server.output()).not.toMatch(/"level":"(?:error|fatal)"/);
});
