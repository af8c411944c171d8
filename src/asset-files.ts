import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetFiles } from './http/ports.ts';
import { type Assets, assetTypeOf } from './web/asset-manifest.ts';
import { assetsDirectory } from './web/assets.ts';

/** The files of the last build. Those of an earlier one are found as long as they lie there: pages in open browsers ask for them. */
export function assetFilesIn(addresses: Assets, directory = assetsDirectory): AssetFiles {
  const known = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    addresses,
    async read(file) {
      const type = assetTypeOf(file);
      if (type === undefined) return undefined;
      const bytes = known.get(file) ?? (await readListed(directory, file));
      if (bytes) known.set(file, bytes);
      return bytes && { bytes, type };
    },
  };
}

/** Only what the directory lists, so that no name leads out of it. */
async function readListed(directory: string, file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const files = await readdir(directory);
  return files.includes(file) ? new Uint8Array(await readFile(join(directory, file))) : undefined;
}
