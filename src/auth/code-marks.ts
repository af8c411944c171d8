import { createHmac } from 'node:crypto';
import type { Keyring } from '../keys/keyring.ts';

/**
 * Marks that tell two codes apart without saying anything of them to whoever has the log but not the key: what is held in
 * front of a camera may be anybody's name or number, of which a plain hash could be found by trying.
 */
export function codeMarks(keyring: Keyring): (text: string) => string {
  const key = keyring.keyFor('shown-codes');
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}
