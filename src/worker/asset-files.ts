import type { AssetFiles } from '../http/ports.ts';
import { type Assets, assetTypeOf } from '../web/asset-manifest.ts';
import type { AssetBinding } from './bindings.ts';

/** The files that were uploaded with this Worker. */
export const boundAssets = (binding: AssetBinding, addresses: Assets): AssetFiles => ({
  addresses,
  async read(file) {
    const type = assetTypeOf(file);
    const bytes = type === undefined ? undefined : await assetFile(binding, file);
    return type !== undefined && bytes ? { bytes, type } : undefined;
  },
});

/** A file by its name; the host is nobody's, since a binding leads nowhere else. */
export async function assetFile(binding: AssetBinding, file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const response = await binding.fetch(`https://assets.invalid/${encodeURIComponent(file)}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return response.status === 200 ? bytes : undefined;
}
