import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { launchChromium } from './chromium.ts';

/*
 * Draws `docs/screenshots` again from the demo: start `npm run demo -- --speed 1000`, then at once
 * `npm run screenshots -- LINK` with the link that it prints. The pictures are of the fair's second morning.
 */
const shots = [
  { name: 'board', page: '/board?lang=vi', width: 1280, height: 1500, colorScheme: 'light' },
  { name: 'board-dark', page: '/board?lang=en', width: 1280, height: 1500, colorScheme: 'dark' },
  { name: 'board-phone', page: '/board?lang=vi', width: 360, height: 1400, colorScheme: 'light' },
  { name: 'fair', page: '?lang=vi', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'fair-phone', page: '?lang=vi', width: 360, height: 1040, colorScheme: 'light' },
] as const;

const [link = ''] = process.argv.slice(2);
const browser = await launchChromium();
const context = await browser.newContext({ reducedMotion: 'reduce' });
const fair = await signIn(context);
for (const { name, page: path, width, height, colorScheme } of shots) {
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme });
  await page.goto(`${fair}${path}`);
  await page.waitForSelector('#connection[data-state="live"]');
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(import.meta.dirname, `../../docs/screenshots/${name}.png`) });
  await page.close();
}
await browser.close();

/** Opens the link, waits for half past nine of the second day, and gives the address of the fair. */
async function signIn(browsing: BrowserContext): Promise<string> {
  const page = await browsing.newPage();
  await page.goto(link);
  await page.click('#enter');
  await page.waitForURL(/\/board$/);
  const address = page.url().replace('/board', '');
  await page.waitForSelector('.as-of:text-matches("(09:[345]|10:).*22/04/2022")', { timeout: 600_000 });
  await page.close();
  return address;
}
