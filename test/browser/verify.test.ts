import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/contract/receipts.ts';
import { logKeysPath } from '../../src/web/paths.ts';
import { receiptOf, stranger } from '../web/receipt/sample-receipt.ts';
import { findings } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { type Preview, startPreview } from './preview.ts';

let preview: Preview;
let browser: Browser;
let page: Page;
let asked: string[];

beforeAll(async () => {
  preview = await startPreview();
  browser = await launchChromium();
});

beforeEach(async () => {
  page = await browser.newPage({ reducedMotion: 'reduce' });
  asked = [];
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
});

afterEach(() => page.close());

afterAll(async () => {
  await browser.close();
  await preview.close();
});

const open = (language: 'vi' | 'en', fragment = '') =>
  page.goto(`${preview.origin}/verify?lang=${language}${fragment}`);

const paste = async (text: string): Promise<void> => {
  await page.fill('#receipt-text', text);
  await page.click('#receipt-form button');
};

const shown = async () => ({
  verdict: (await page.textContent('.verdict-title'))?.trim(),
  steps: await page.locator('.check-step-name span').allTextContents(),
});

const good = receiptOf();
const changed: Receipt = { ...good, envelope: { ...good.envelope, data: { partySize: 40 } } };

describe('a receipt that is pasted', () => {
  test('is found true, twice alike, and goes nowhere', async () => {
    await open('vi');
    for (const time of [1, 2]) {
      await paste(JSON.stringify(good));
      await page.waitForSelector('.verdict-good');
      expect(await shown(), `time ${time}`).toEqual({
        verdict: 'Biên nhận hợp lệ',
        steps: ['Đạt', 'Đạt', 'Đạt', 'Đạt'],
      });
    }
    expect(await page.textContent('.receipt-says')).toContain('Ghi nhận vào cổng');
    expect(await page.textContent('.receipt-says')).toContain('08:12:07, 19/04/2022');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('verdict-title');
    expect(asked.filter((request) => !request.startsWith('GET /assets'))).toEqual([
      'GET /verify',
      `GET ${logKeysPath}`,
      `GET ${logKeysPath}`,
    ]);
    expect(await findings(page)).toEqual([]);
  });

  test.each([
    ['a changed fact', changed, ['Passed', 'Failed', 'Passed', 'Passed']],
    ['a stranger’s key', receiptOf({ signedBy: stranger }), ['Passed', 'Passed', 'Passed', 'Failed']],
    [
      'no signature of its key',
      { ...good, keys: [stranger.verifierKey] },
      ['Passed', 'Passed', 'Failed', 'Not checked'],
    ],
    ['nothing of a receipt', {}, ['Failed', 'Not checked', 'Not checked', 'Not checked']],
  ])('with %s shows the step that fails', async (_, receipt, steps) => {
    await open('en');
    await paste(JSON.stringify(receipt));
    await page.waitForSelector('.verdict-bad');
    expect(await shown()).toEqual({ verdict: 'The receipt is not true', steps });
    expect(await findings(page)).toEqual([]);
  });

  test('is not called true where the server cannot say which keys are its own', async () => {
    await page.route(`**${logKeysPath}`, (route) => route.abort());
    await open('en');
    await paste(JSON.stringify(good));
    await page.waitForSelector('.verdict-open');
    expect((await shown()).steps).toEqual(['Passed', 'Passed', 'Passed', 'Not checked']);
    expect(await findings(page)).toEqual([]);
  });

  test('is checked by the library where the browser knows no Ed25519', async () => {
    await page.addInitScript(
      `crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'));`,
    );
    await open('en');
    await paste(JSON.stringify(good));
    await page.waitForSelector('.verdict-good');
    expect((await shown()).steps).toEqual(['Passed', 'Passed', 'Passed', 'Passed']);
    await paste(JSON.stringify({ ...good, checkpoint: good.checkpoint.replace('\n12\n', '\n13\n') }));
    await page.waitForSelector('.verdict-bad');
    expect((await shown()).steps[2]).toBe('Failed');
  });

  test('that is changed afterwards has no verdict any more', async () => {
    await open('en');
    await paste(JSON.stringify(good));
    await page.waitForSelector('.verdict-good');
    await page.fill('#receipt-text', '{}');
    expect(await page.locator('.verdict').count()).toBe(0);
  });
});

test('nothing pasted is said plainly', async () => {
  await open('vi');
  await paste('  ');
  expect(await page.textContent('.verdict-title')).toContain('Chưa có biên nhận');
});

test('a chosen file is checked at once, one that is too large is refused', async () => {
  await open('en');
  const file = (content: string) => ({
    name: 'receipt.json',
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });
  await page.setInputFiles('#receipt-file', file(JSON.stringify(good)));
  await page.waitForSelector('.verdict-good');
  await page.setInputFiles('#receipt-file', file('x'.repeat(1_000_001)));
  await page.waitForSelector('.verdict-open');
  expect(await page.textContent('.verdict-title')).toContain('The file cannot be read');
});

describe('a position in the address', () => {
  test('is fetched and checked', async () => {
    await open('vi', '#3');
    await page.waitForSelector('.verdict-good');
    expect(asked).toContain('GET /api/log/receipts/3');
    const saving = page.waitForEvent('download');
    await page.click('.receipt-save');
    expect((await saving).suggestedFilename()).toBe('receipt-3.json');
  });

  test.each([
    ['#99', 'Sự việc chưa được niêm phong'],
    ['#999', 'Chưa lấy được biên nhận'],
  ])('%s says why there is no receipt', async (fragment, title) => {
    await open('vi', fragment);
    await page.waitForSelector('.verdict-open');
    expect(await page.textContent('.verdict-title')).toContain(title);
  });
});
