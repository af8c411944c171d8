import { OtherMasterKeyError } from '../vault/key-check.ts';
import { AssetManifest, type Assets, manifestFile } from '../web/asset-manifest.ts';
import { checkMasterKey } from '../vault/key-check.ts';
import { assetFile } from './asset-files.ts';
import { checkDatabase } from './database-check.ts';
import type { Isolate } from './isolate.ts';
import { NotSetUp } from './not-set-up.ts';
import type { RequestGround } from './request-ground.ts';

/** What was found when the surroundings were last looked at; good ones are looked at once an isolate. */
export type Setup = {
  assets: Assets | undefined;
  /** Until when the next requests are answered alike. */
  refusal: { readonly message: string; readonly untilMs: number } | undefined;
};

const refusedMs = 2000;

/**
 * Makes sure that the Worker can work here, as a server on Node does when it starts.
 * @returns where scripts and styles are
 * @throws NotSetUp with what to do about it; whatever the database throws when it is away
 */
export async function setUp(
  { config, keyring, setup }: Isolate,
  { db, pool }: Pick<RequestGround, 'db' | 'pool'>,
): Promise<Assets> {
  if (setup.assets) return setup.assets;
  if (setup.refusal && Date.now() < setup.refusal.untilMs) throw new NotSetUp(setup.refusal.message);
  try {
    await checkDatabase(pool);
    await checkMasterKey(db, keyring);
    setup.assets = await readManifest(config);
    return setup.assets;
  } catch (error) {
    if (!(error instanceof NotSetUp || error instanceof OtherMasterKeyError)) throw error;
    setup.refusal = { message: error.message, untilMs: Date.now() + refusedMs };
    throw new NotSetUp(error.message);
  }
}

/** It was uploaded together with the files it names. */
async function readManifest({ assets }: Isolate['config']): Promise<Assets> {
  const manifest = await assetFile(assets, manifestFile);
  if (!manifest) throw new NotSetUp('The static assets were not built before they were uploaded: npm run build');
  return AssetManifest.parse(JSON.parse(new TextDecoder().decode(manifest)));
}
