import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { languages } from '../../src/web/language.ts';
import { findings } from './axe.ts';
import { launchChromium } from './chromium.ts';
import { type Preview, previewPaths, startPreview } from './preview.ts';

let preview: Preview;
let browser: Browser;

beforeAll(async () => {
  preview = await startPreview();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await preview.close();
});

const sizes = [
  { width: 360, height: 800 },
  { width: 1280, height: 800 },
];

/** Opens a page and collects what the browser complains about: refused by the policy, missing, thrown. */
const open = async (address: string): Promise<{ page: Page; complaints: string[] }> => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const complaints: string[] = [];
  page.on('console', (message) =>
    ['error', 'warning'].includes(message.type()) ? complaints.push(message.text()) : undefined,
  );
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${preview.origin}${address}`);
  return { page, complaints };
};

const variants = previewPaths.flatMap((path) => languages.map((language) => ({ path, language })));

test.each(variants)(
  '$path in $language is accessible, fits and complains of nothing, on phone and desk, by day and by night',
  async ({ path, language }) => {
    const { page, complaints } = await open(`${path}?lang=${language}`);
    for (const size of sizes) {
      await page.setViewportSize(size);
      expect(await page.evaluate(tooWideOrSmall)).toEqual({ tooWide: 0, tooSmall: [] });
      await page.emulateMedia({ colorScheme: 'light' });
      expect({ ...size, light: await findings(page) }).toEqual({ ...size, light: [] });
      await page.emulateMedia({ colorScheme: 'dark' });
      expect({ ...size, dark: await findings(page, { rules: 'colours' }) }).toEqual({ ...size, dark: [] });
    }
    expect(complaints).toEqual([]);
    await page.close();
  },
);

/** Pixels the page is wider than the screen, and whatever a finger should meet but is lower than 44 px (a whole line counts). */
const tooWideOrSmall = () => ({
  tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  tooSmall: [...document.querySelectorAll<HTMLElement>('a, button, summary')]
    .filter((target) => target.checkVisibility() && !target.matches('.skip'))
    .filter((target) => Math.max(target.offsetHeight, target.closest('li')?.offsetHeight ?? 0) < 44)
    .map((target) => target.outerHTML.slice(0, 120)),
});

test('every digit is as wide as every other, in each weight', async () => {
  const { page } = await open('/board?lang=vi');
  await page.evaluate(() => document.fonts.ready);
  const widths = await page.evaluate(() =>
    [400, 600, 800].map((weight) => {
      const line = document.createElement('canvas').getContext('2d');
      if (line === null) return [];
      line.font = `${weight} 100px 'Be Vietnam Pro'`;
      return [
        ...new Set(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => line.measureText(digit).width)),
      ];
    }),
  );
  expect(widths.map((different) => different.length)).toEqual([1, 1, 1]);
  expect(await page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').length)).toBe(6);
  await page.close();
});
