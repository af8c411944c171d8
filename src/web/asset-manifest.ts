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
  'verify.css',
  'verify.js',
] as const;

/**
 * Addresses of scripts, styles and fonts, hashed by content: `site.css` → `/assets/site-5KJ2QW.css`.
 * The server answers `/assets/{file}` from the build's folder, with `Cache-Control: public, max-age=31536000, immutable`.
 */
export type Assets = Readonly<Record<(typeof assetNames)[number], string>>;

export const assetsPath = '/assets/';
export const manifestFile = 'manifest.json';

/** What the build writes down of the files it made. */
export const AssetManifest = z.record(z.enum(assetNames), z.string().startsWith(assetsPath));

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/** The media type of a file by its ending; undefined for one that no page asks for. */
export const assetTypeOf = (file: string): string | undefined => types[file.slice(file.lastIndexOf('.') + 1)];
