import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { assetNames, type Assets } from '../../src/web/asset-manifest.ts';
import { readAssets } from '../../src/web/assets.ts';
import { buildAssets } from '../../src/web/build.ts';
import { withTabularFigures } from '../../src/web/fonts/tabular-figures.ts';
import { htmlOf } from '../../src/web/html.ts';
import { fairPage } from '../../src/web/pages/fair.tsx';
import { fair, figures, publicOf } from './samples.ts';

let directory: string;
let assets: Assets;
const contentOf = (address: string) => readFile(join(directory, address.replace('/assets/', '')));

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hoi-sach-assets-'));
  assets = await buildAssets(directory);
});

describe('the build', () => {
  test('gives the server the addresses it wrote down', () => {
    expect(readAssets(directory)).toEqual(assets);
    expect(Object.keys(assets)).toEqual([...assetNames]);
  });

  test('gives the same names again, from several builds at once', async () => {
    const again = await Promise.all([buildAssets(directory), buildAssets(directory), buildAssets(directory)]);
    expect(again).toEqual([assets, assets, assets]);
    expect((await readdir(directory)).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });

  test('refers to nothing outside and carries no data of its own in styles', async () => {
    for (const name of ['site.css', 'board.css', 'verify.css'] as const) {
      const urls = [...(await contentOf(assets[name])).toString().matchAll(/url\(([^)]*)\)/g)].map(([, url]) => url);
      expect(urls.filter((url) => !/^"?\/assets\/[\w.-]+"?$/.test(url ?? ''))).toEqual([]);
    }
  });

  test('keeps the public page under 60 KB before fonts, uncompressed', async () => {
    const html = htmlOf(
      fairPage({ language: 'vi', viewer: null, assets, fair, figures: publicOf(figures), board: 'hidden' }),
    );
    const files = await Promise.all([
      contentOf(assets['site.css']),
      contentOf(assets['public-live.js']),
      contentOf(assets['icon.svg']),
    ]);
    expect(Buffer.byteLength(html) + files.reduce((sum, file) => sum + file.length, 0)).toBeLessThan(60_000);
  });

  test('says what to do when nothing was built', () => {
    expect(() => readAssets(join(directory, 'nothing-here'))).toThrow(/npm run build/);
  });
});

test('only a WOFF font gets figures of one width', () => {
  expect(() => withTabularFigures(Buffer.from('OTTO, but not a font that we know'))).toThrow('not a WOFF 1.0 font');
});
