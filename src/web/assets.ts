import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetManifest, type Assets, manifestFile } from './asset-manifest.ts';

export const assetsDirectory = join(import.meta.dirname, '../../.build/assets');

/**
 * Reads the manifest of the last build; once, at start.
 * @throws Error with the way out when nothing was built.
 */
export function readAssets(directory = assetsDirectory): Assets {
  const file = join(directory, manifestFile);
  try {
    return AssetManifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} cannot be used; run: npm run build`, { cause });
  }
}
