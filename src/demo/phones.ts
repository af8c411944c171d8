import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Issued } from './api/issued.ts';
import type { DemoOptions } from './options.ts';
import { UsageError } from './usage-error.ts';

const Phones = z.object({
  order: z.enum(['as-it-happened', 'shuffled']),
  tokens: z.record(z.string(), z.string()),
});

/** What the phones of an earlier run keep: their tokens. The file is its owner's alone. */
const fileIn = (folder: string): string => join(folder, 'demo-phones.json');

/**
 * Gives the phones back the tokens of an earlier run in the same folder.
 * @throws UsageError where that run sent in another order: a scan is answered once, by the phone or by the server
 */
export async function recallPhones(
  folder: string,
  { order }: DemoOptions['deliveries'],
  issued: Issued,
): Promise<void> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => undefined);
  const known = text === undefined ? undefined : Phones.parse(JSON.parse(text));
  if (!known) return;
  if (known.order !== order) throw new UsageError(otherOrder(folder, known.order));
  for (const [id, token] of Object.entries(known.tokens)) issued.tokens.set(id, token);
}

export async function rememberPhones(
  folder: string,
  { order }: DemoOptions['deliveries'],
  issued: Issued,
): Promise<void> {
  const phones: z.infer<typeof Phones> = { order, tokens: Object.fromEntries(issued.tokens) };
  await writeFile(fileIn(folder), JSON.stringify(phones), { mode: 0o600 });
}

const otherOrder = (folder: string, order: string): string =>
  `${folder} holds a fair that was sent ${order === 'shuffled' ? 'with' : 'without'} --shuffle. ` +
  'Run it the same way again, or choose another folder with DATA_DIR.';
