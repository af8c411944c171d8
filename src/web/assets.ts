import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What `build.ts` leaves under `.build/assets`, by the names pages use. */
export const assetNames = [
  'site.css',
  'board.css',
  'docs.css',
  'icon.svg',
  'text-latin.woff',
  'text-vietnamese.woff',
  'live.js',
  'public-live.js',
  'sign-in.js',
  'sign-out.js',
] as const;

/**
 * Addresses of scripts, styles and fonts, hashed by content: `site.css` → `/assets/site-5KJ2QW.css`.
 * The server answers `/assets/{file}` from `assetsDirectory`, with `Cache-Control: public, max-age=31536000, immutable`.
 */
export type Assets = Readonly<Record<(typeof assetNames)[number], string>>;

export const assetsPath = '/assets/';
export const assetsDirectory = join(import.meta.dirname, '../../.build/assets');
export const manifestFile = 'manifest.json';

const Manifest = z.record(z.enum(assetNames), z.string().startsWith(assetsPath));

/**
 * Reads the manifest of the last build; once, at start.
 * @throws Error with the way out when nothing was built.
 */
export function readAssets(directory = assetsDirectory): Assets {
  const file = join(directory, manifestFile);
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} cannot be used; run: npm run build`, { cause });
  }
}
