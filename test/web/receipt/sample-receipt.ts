import type { StoredEvent } from '../../../events/envelope.ts';
import type { Receipt } from '../../../src/contract/receipts.ts';
import { signCheckpoint } from '../../../src/seal/checkpoint.ts';
import { leafHash } from '../../../src/seal/leaf.ts';
import { newSignerKey, readSignerKey } from '../../../src/seal/note-keys.ts';
import { inclusionPath, nodeHash, rootAt } from '../../../src/seal/tree.ts';

/** Receipts as the server gives them, of a log of a dozen admissions that lies nowhere. */

const origin = 'hoi-sach/0196390e-1c00-7000-8000-0000000000aa';
export const signer = readSignerKey(newSignerKey(origin));
export const stranger = readSignerKey(newSignerKey(origin));

const fair = '0196390e-1c00-7000-8000-000000000001';

const admission = (position: number): StoredEvent => ({
  position,
  stream: `pass-0196390e-1c00-7000-8000-${String(position).padStart(12, '0')}`,
  version: 1,
  id: `0196390e-1c01-7000-8000-${String(position).padStart(12, '0')}`,
  type: 'VisitorCheckedIn',
  schema: 1,
  data: { outcome: 'admitted', gate: 'A1', category: 'family', partySize: 4, note: 'Cổng chính – “A1”' },
  meta: {
    fair,
    actor: { role: 'device', id: '0196390e-1c00-7000-8000-0000000000d1' },
    digest: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
    correlation: 'request-17',
  },
  occurredAt: Date.UTC(2022, 3, 19, 1, 12, 7, position),
  recordedAt: Date.UTC(2022, 3, 19, 1, 12, 8, position),
});

type Wanted = { readonly leaf?: number; readonly size?: number; readonly signedBy?: typeof signer };

export function receiptOf({ leaf = 6, size = 12, signedBy = signer }: Wanted = {}): Receipt {
  const events = Array.from({ length: size }, (_, index) => admission(index + 1));
  const hashes = events.map(leafHash);
  const hashAt = (level: number, index: number): Buffer =>
    level === 0
      ? (hashes[index] ?? Buffer.alloc(32))
      : nodeHash(hashAt(level - 1, 2 * index), hashAt(level - 1, 2 * index + 1));
  return {
    envelope: { ...admission(leaf + 1) },
    leaf,
    checkpoint: signCheckpoint({ origin, size, root: rootAt(size, hashAt) }, [signedBy]),
    path: inclusionPath(size, leaf, hashAt).map((hash) => hash.toString('base64')),
    keys: [signedBy.verifierKey],
  };
}
