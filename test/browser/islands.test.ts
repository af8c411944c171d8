import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emptyFigures, fair, figures, fullFigures, publicOf } from '../web/samples.ts';
import { findings } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { type Preview, startPreview } from './preview.ts';

let preview: Preview;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  preview = await startPreview();
  browser = await launchChromium();
});

beforeEach(async () => {
  preview.send(figures);
  page = await browser.newPage({ reducedMotion: 'reduce' });
});

afterEach(() => page.close());

afterAll(async () => {
  await browser.close();
  await preview.close();
});

const textOf = async (selector: string) => (await page.textContent(selector))?.trim();
const isLive = () => page.waitForSelector('#connection[data-state="live"]');
const later = (position: number) => ({ ...fullFigures, position });

describe('the live board', () => {
  test('follows the stream without a reload, and keeps what the reader has open', async () => {
    await page.goto(`${preview.origin}/board?lang=vi`);
    await page.click('#curve-table > summary');
    await page.focus('#headline [commandfor="about-copies-declared"]');
    preview.send(later(figures.position + 1));
    await isLive();
    await page.waitForSelector('[data-beat="visits"]:text-is("1.114.894")');

    expect(await textOf('#connection')).toBe('Đang cập nhật trực tiếp');
    expect(await page.getAttribute('#curve-table', 'open')).toBe('');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('commandfor'))).toBe('about-copies-declared');
    expect(await page.locator('.gauges li').count()).toBe(3);
  });

  test('draws what comes and takes away what is gone', async () => {
    preview.send(later(30_000));
    await page.goto(`${preview.origin}/board-empty?lang=en`);
    await page.waitForSelector('#warnings');
    preview.send({ ...emptyFigures, position: 30_001 });
    await page.waitForSelector('#warnings', { state: 'detached' });

    expect(await page.locator('.tally').count()).toBe(0);
    expect(await page.locator('#headline .headline-value').allTextContents()).toEqual(['0', '0', '0', '0']);
  });

  test('never goes back to older figures', async () => {
    preview.send(later(40_000));
    await page.goto(`${preview.origin}/board?lang=vi`);
    await page.waitForSelector('[data-beat="visits"]:text-is("1.114.894")');
    preview.send({ ...emptyFigures, position: 39_999 });
    preview.send({ ...fullFigures, position: 40_001, today: { day: '2022-04-19', visits: 7 } });
    await page.waitForSelector('[data-beat="today"]:text-is("7")');

    expect(await textOf('#headline [data-beat="visits"]')).toBe('1.114.894');
  });

  test('says that the session has ended when it is served as the public is, and keeps the last figures', async () => {
    preview.send({ ...figures, position: 45_000 });
    await page.goto(`${preview.origin}/board?lang=vi`);
    await isLive();
    preview.send(publicOf({ ...fullFigures, position: 45_001 }));
    await page.waitForSelector('#connection[data-state="signed-out"]');

    expect(await textOf('#headline [data-beat="visits"]')).toBe('5.962');
  });

  test('says so when it is cut off, and goes on by itself', async () => {
    const own = await startPreview();
    own.send(figures);
    await page.goto(`${own.origin}/board?lang=vi`);
    await isLive();
    await own.close();
    await page.waitForSelector('#connection[data-state="reconnecting"]');
    expect(await textOf('#connection')).toContain('Số đang hiện là số cuối cùng nhận được');

    const again = await startPreview(Number(new URL(own.origin).port));
    again.send(later(figures.position + 1));
    await isLive();
    await page.waitForSelector('[data-beat="visits"]:text-is("1.114.894")');
    await again.close();
  });
});

describe('a number', () => {
  test('opens its definition and its facts by keyboard, and gives the focus back', async () => {
    await page.goto(`${preview.origin}/board?lang=vi`);
    await isLive();
    await page.focus('#headline [commandfor="about-visits"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#about-visits[open] .fact');

    expect(await textOf('#about-visits h2')).toBe('Lượt người tham gia');
    expect(await textOf('#about-visits .fact:first-child')).toContain('Ghi nhận vào cổng');
    expect(await findings(page)).toEqual([]);

    await page.keyboard.press('Escape');
    expect(await page.isVisible('#about-visits')).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('commandfor'))).toBe('about-visits');
  });

  test('keeps its dialog open, and its facts, while the figures change under it', async () => {
    preview.send({ ...figures, position: 50_000 });
    await page.goto(`${preview.origin}/board?lang=en`);
    await isLive();
    await page.click('#ledger [commandfor="about-entries"]');
    await page.waitForSelector('#about-entries[open] .fact');
    preview.send(later(50_001));
    await page.waitForSelector('#about-entries .about-value [data-beat]:text-is("1,243,176")');

    expect(await page.isVisible('#about-entries .fact')).toBe(true);
  });

  test('lists older facts on request, until there are none', async () => {
    await page.goto(`${preview.origin}/board?lang=en`);
    await isLive();
    await page.click('#headline [commandfor="about-visits"]');
    await page.click('#about-visits [data-before]');
    await page.waitForSelector('#about-visits [data-before]', { state: 'detached' });

    expect(await page.locator('#about-visits .fact').count()).toBe(24);
  });

  test('of facts to look at opens what it means, and its own list', async () => {
    const asked = page.waitForRequest((request) => request.url().includes('/figures/repeat-reads/events'));
    await page.goto(`${preview.origin}/board?lang=vi`);
    await isLive();
    await page.click('#attention [commandfor="about-repeatReads"]');
    await asked;
    await page.waitForSelector('#about-repeatReads .fact');

    expect(await textOf('#about-repeatReads .about-parts')).toContain('trong vòng 30 giây');
  });

  test('that are missing are opened from the stamp that says so, with what to do and why', async () => {
    const asked = page.waitForRequest((request) => request.url().includes('/figures/parked/events'));
    preview.send(fullFigures);
    await page.goto(`${preview.origin}/board-full?lang=vi`);
    await isLive();
    await page.click('#board-title [commandfor="about-parked"]');
    await asked;
    await page.waitForSelector('#about-parked .fact');

    expect(await textOf('#about-parked .about-parts')).toContain('npm run -s cli -- rebuild');
    expect(await textOf('#about-parked .facts')).toContain('attendance: Cannot read properties');
    preview.send({ ...fullFigures, position: fullFigures.position + 1, status: 'provisional' });
    await page.waitForSelector('#board-title .stamp-provisional');
    expect(await page.locator('#board-title [commandfor="about-parked"]').count()).toBe(0);
  });

  test('shows a viewer its definition and no facts', async () => {
    await page.goto(`${preview.origin}/board-viewer?lang=vi`);
    await isLive();
    await page.click('#headline [commandfor="about-visits"]');

    expect(await page.isVisible('#about-visits[open]')).toBe(true);
    expect(await page.locator('.facts').count()).toBe(0);
  });
});

test('the sentence is copied as it stands', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  preview.send({ ...figures, position: 60_000 });
  await page.goto(`${preview.origin}/board?lang=vi`);
  await page.click('[data-copy]');
  await page.waitForSelector('[data-copy]:text-is("Đã sao chép")');

  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(figures.sentence.vi);
});

test('the public page follows the total, from the full document of somebody signed in as well', async () => {
  preview.send({ ...figures, position: 70_000 });
  await page.goto(`${preview.origin}/fair?lang=en`);
  await isLive();
  preview.send(later(70_001));
  await page.waitForSelector('.total-value b:text-is("1,114,894")');

  expect(await textOf('.total-note .stamp')).toBe('Incomplete figures');
});

test('signing out asks the server and leads home', async () => {
  const asked = page.waitForRequest((request) => request.method() === 'PUT');
  await page.goto(`${preview.origin}/home?lang=vi`);
  await page.click('#sign-out');
  expect(new URL((await asked).url()).pathname).toBe('/api/sessions/revocation');
  await page.waitForURL(`${preview.origin}/welcome`);
});

describe('signing in', () => {
  const open = async (secret: string) => {
    const posts: string[] = [];
    page.on('request', (request) => (request.method() === 'POST' ? posts.push(request.url()) : undefined));
    await page.goto(`${preview.origin}/sign-in?lang=vi${secret}`);
    return posts;
  };

  test('takes the secret out of the address bar, sends nothing before the tap, then opens the board', async () => {
    const posts = await open('#good');
    await page.waitForSelector('#enter:visible');
    expect({ url: page.url(), posts }).toEqual({ url: `${preview.origin}/sign-in?lang=vi`, posts: [] });

    await page.click('#enter');
    await page.waitForURL(`${preview.origin}/fairs/${fair.id}/board`);
    expect(posts).toEqual([`${preview.origin}/api/sessions`]);
  });

  test('keeps the link when the reader changes the language', async () => {
    await open('#good');
    await page.click('a.language');
    await page.waitForSelector('#enter:visible');
    expect(await textOf('#enter')).toBe('Enter');
    expect(page.url()).toBe(`${preview.origin}/sign-in?lang=en`);
  });

  test.each([
    ['#spent', 'used', 'Liên kết không còn dùng được'],
    ['#broken', 'failed', 'Chưa đăng nhập được'],
  ])('with %s says what is the matter', async (secret, state, title) => {
    await open(secret);
    await page.click('#enter');
    expect(await textOf(`section[data-state="${state}"]:visible h1`)).toBe(title);
    expect(await findings(page)).toEqual([]);
  });

  test('without a secret says that the link is incomplete', async () => {
    await open('');
    expect(await textOf('section:visible h1')).toBe('Liên kết chưa đủ');
    expect(await page.isVisible('#enter')).toBe(false);
  });
});
