import { verifyAsync } from '@noble/ed25519';

type Signed = {
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly text: Uint8Array<ArrayBuffer>;
};

/** By the browser itself where it knows Ed25519 (Chrome 137, Firefox 129, Safari 17), else by a library. */
export async function isSignedBy({ publicKey, signature, text }: Signed): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']).catch(() => undefined);
  return key === undefined
    ? verifyAsync(signature, text, publicKey).catch(() => false)
    : crypto.subtle.verify('Ed25519', key, signature, text);
}
