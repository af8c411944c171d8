import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secret } from '../config.ts';
import { createOnce } from './create-once.ts';

const keyBytes = 32;

/**
 * The key that guards contacts and pass keys: from the environment, else from a file beside the data, made at first use
 * and readable by its owner only. It is never in the database.
 * @throws when the file is there but holds no key.
 */
export async function loadMasterKey({
  vaultKey,
  dataDir,
}: {
  vaultKey?: Secret | undefined;
  dataDir: string;
}): Promise<Buffer> {
  if (vaultKey) return Buffer.from(vaultKey.reveal(), 'hex');
  const file = join(dataDir, 'vault.key');
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found === undefined) {
    await mkdir(dataDir, { recursive: true });
    await createOnce(file, randomBytes(keyBytes).toString('hex'));
  }
  return parseKey(await readFile(file, 'utf8'), file);
}

function parseKey(text: string, file: string): Buffer {
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length !== keyBytes)
    throw new Error(`${file} holds no key of ${keyBytes} bytes in hexadecimal; restore it from a backup`);
  return key;
}
