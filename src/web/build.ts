import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { type Assets, assetsPath, manifestFile } from './asset-manifest.ts';
import { assetsDirectory } from './assets.ts';
import { withTabularFigures } from './fonts/tabular-figures.ts';

/**
 * Bundles islands, styles and fonts into `directory` under names that carry their hash, and writes the manifest last,
 * in one step: several processes may build at once, and a running server keeps finding the files it knows.
 */
export async function buildAssets(directory = assetsDirectory): Promise<Assets> {
  const { metafile } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: {
      site: 'styles/site.css',
      board: 'styles/board.css',
      docs: 'styles/docs.css',
      icon: 'styles/art/icon.svg',
      live: 'islands/live.ts',
      'public-live': 'islands/public-live.ts',
      'sign-in': 'islands/sign-in.ts',
      'sign-out': 'islands/sign-out.ts',
      verify: 'islands/verify.ts',
      'verify-page': 'styles/verify.css',
    },
    outdir: directory,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    // The contract's schemas are written with functions only, which the small variant has too.
    alias: { zod: 'zod/mini' },
    loader: { '.svg': 'copy', '.woff': 'file' },
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: assetsPath,
    plugins: [tabularFigures],
    metafile: true,
    logLevel: 'warning',
  });
  const assets = assetsOf(metafile);
  const draft = join(directory, `${randomUUID()}.tmp`);
  await mkdir(directory, { recursive: true });
  await writeFile(draft, JSON.stringify(assets, undefined, 2));
  await rename(draft, join(directory, manifestFile));
  return assets;
}

/** Only the Latin files hold digits; the Vietnamese ones have letters alone. */
const tabularFigures: Plugin = {
  name: 'tabular-figures',
  setup(building) {
    building.onLoad({ filter: /be-vietnam-pro-latin-\d+-normal\.woff$/ }, async ({ path }) => ({
      contents: withTabularFigures(await readFile(path)),
      loader: 'file',
    }));
  },
};

const assetsOf = (metafile: Metafile): Assets => {
  const built = Object.keys(metafile.outputs).map((path) => basename(path));
  const addressOf = (stem: string, extension: string) => {
    const file = built.find((candidate) => new RegExp(`^${stem}-[A-Z0-9]{8}\\.${extension}$`).test(candidate));
    if (file === undefined) throw new Error(`the build made no ${stem}.${extension}`);
    return `${assetsPath}${file}`;
  };
  return {
    'site.css': addressOf('site', 'css'),
    'board.css': addressOf('board', 'css'),
    'docs.css': addressOf('docs', 'css'),
    'icon.svg': addressOf('icon', 'svg'),
    'text-latin.woff': addressOf('be-vietnam-pro-latin-400-normal', 'woff'),
    'text-vietnamese.woff': addressOf('be-vietnam-pro-vietnamese-400-normal', 'woff'),
    'live.js': addressOf('live', 'js'),
    'public-live.js': addressOf('public-live', 'js'),
    'sign-in.js': addressOf('sign-in', 'js'),
    'sign-out.js': addressOf('sign-out', 'js'),
    'verify.css': addressOf('verify-page', 'css'),
    'verify.js': addressOf('verify', 'js'),
  };
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildAssets();
