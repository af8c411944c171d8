import { join } from 'node:path';
import { figures } from '../web/samples.ts';
import { launchChromium } from './chromium.ts';
import { startPreview } from './preview.ts';

/** Draws `docs/screenshots` again: `npm run screenshots`. */
const shots = [
  { name: 'board', path: '/board?lang=vi', width: 1280, height: 1500, colorScheme: 'light' },
  { name: 'board-dark', path: '/board?lang=en', width: 1280, height: 1500, colorScheme: 'dark' },
  { name: 'board-phone', path: '/board?lang=vi', width: 360, height: 1400, colorScheme: 'light' },
  { name: 'fair', path: '/fair?lang=vi', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'fair-phone', path: '/fair?lang=vi', width: 360, height: 1040, colorScheme: 'light' },
] as const;

const preview = await startPreview();
const browser = await launchChromium();
for (const { name, path, width, height, colorScheme } of shots) {
  preview.send(figures);
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  await page.goto(preview.origin + path);
  await page.waitForSelector('#connection[data-state="live"]');
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(import.meta.dirname, `../../docs/screenshots/${name}.png`) });
  await page.close();
}
await browser.close();
await preview.close();
