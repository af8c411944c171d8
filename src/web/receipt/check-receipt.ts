import { type LogKeys, Receipt } from '../../contract/receipts.ts';
import { areEqual, bytesOf, hexOf, sha256, utf8 } from './bytes.ts';
import { isSignedBy } from './ed25519.ts';
import { type Checkpoint, parseCheckpoint, parseVerifierKey, type VerifierKey } from './note.ts';
import { leafHash, rootAbove } from './tree.ts';

/**
 * `readable`: all parts are there. `included`: the fact's hash leads to the sealed root. `signed`: a key of the receipt
 * signed that root. `published`: that key is one which this server publishes for a log of that size.
 */
export type CheckStep = 'readable' | 'included' | 'signed' | 'published';

/** `open`: not looked at, because an earlier step failed or there was nothing to compare with. */
export type StepOutcome = 'good' | 'bad' | 'open';

export type CheckedReceipt = {
  readonly verdict: StepOutcome;
  readonly steps: readonly { readonly step: CheckStep; readonly outcome: StepOutcome }[];
  /** What it says, once it could be read. */
  readonly read?: {
    readonly envelope: Receipt['envelope'];
    readonly leafHash: string;
    readonly origin: string;
    readonly size: number;
  };
  /** Name of the key that signed, once one did: `+`, then eight hexadecimal digits. */
  readonly keyHash?: string;
};

/** Whether this browser has what the check takes; SHA-256 is there over https and on this machine only. */
export const canCheck = (): boolean => 'subtle' in crypto && 'isWellFormed' in String.prototype;

/**
 * Checks a receipt with nothing but what stands in it, and compares its key.
 * @param published what the server publishes of its keys, the oldest first; undefined where it could not be asked
 */
export async function checkReceipt(text: string, published: LogKeys['keys'] | undefined): Promise<CheckedReceipt> {
  const parts = await readParts(text);
  if (parts === undefined) return { verdict: 'bad', steps: stepsOf({ readable: 'bad' }) };
  const { receipt, checkpoint, hash, path } = parts;
  const read = { envelope: receipt.envelope, leafHash: hexOf(hash), origin: checkpoint.origin, size: checkpoint.size };
  const root = await rootAbove(hash, { leaf: receipt.leaf, size: checkpoint.size, path });
  const included = root !== undefined && areEqual(root, checkpoint.root) ? 'good' : 'bad';
  const signer = await signerOf(checkpoint, receipt.keys);
  if (signer === undefined) return judged({ readable: 'good', included, signed: 'bad', published: 'open' }, { read });
  const isPublished = published && isOfItsTime(signer, checkpoint.size, published);
  const compared = isPublished === undefined ? 'open' : isPublished ? 'good' : 'bad';
  return judged({ readable: 'good', included, signed: 'good', published: compared }, { read, keyHash: signer.keyHash });
}

type Outcomes = Partial<Record<CheckStep, StepOutcome>>;

const stepsOf = ({ readable = 'open', included = 'open', signed = 'open', published = 'open' }: Outcomes) => [
  { step: 'readable' as const, outcome: readable },
  { step: 'included' as const, outcome: included },
  { step: 'signed' as const, outcome: signed },
  { step: 'published' as const, outcome: published },
];

const judged = (outcomes: Outcomes, rest: Pick<CheckedReceipt, 'read' | 'keyHash'>): CheckedReceipt => {
  const steps = stepsOf(outcomes);
  const has = (wanted: StepOutcome) => steps.some(({ outcome }) => outcome === wanted);
  return { verdict: has('bad') ? 'bad' : has('open') ? 'open' : 'good', steps, ...rest };
};

async function readParts(text: string) {
  const receipt = Receipt.safeParse(jsonOf(text)).data;
  const checkpoint = receipt && parseCheckpoint(receipt.checkpoint);
  if (receipt === undefined || checkpoint === undefined) return undefined;
  const path = receipt.path.map(bytesOf).filter((bytes) => bytes !== undefined);
  const bytes = await leafHash(receipt.envelope).catch(() => undefined);
  return bytes && { receipt, checkpoint, path, hash: bytes };
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The first of the keys that signed the tree head in its own name. */
async function signerOf(checkpoint: Checkpoint, keys: readonly string[]): Promise<VerifierKey | undefined> {
  for (const key of keys.map(parseVerifierKey)) {
    if (key === undefined || key.name !== checkpoint.origin || !(await isNamedByItsHash(key))) continue;
    for (const { name, keyHash, signature } of checkpoint.signatures) {
      if (name !== key.name || keyHash !== key.keyHash) continue;
      if (await isSignedBy({ publicKey: key.publicKey, signature, text: utf8(checkpoint.text) })) return key;
    }
  }
  return undefined;
}

const isNamedByItsHash = async ({ name, keyHash, publicKey }: VerifierKey): Promise<boolean> =>
  hexOf((await sha256(utf8(`${name}\n`), Uint8Array.of(1), publicKey)).slice(0, 4)) === keyHash;

/** A key that was replaced may since have come into other hands: what it signs of a larger log is no seal. */
const isOfItsTime = (signer: VerifierKey, size: number, published: LogKeys['keys']): boolean =>
  published.some(
    ({ key, fromSize }, at) =>
      areSameKey(key, signer) && fromSize <= size && size <= (published[at + 1]?.fromSize ?? Infinity),
  );

const areSameKey = (line: string, { name, publicKey }: VerifierKey): boolean => {
  const key = parseVerifierKey(line);
  return key !== undefined && key.name === name && areEqual(key.publicKey, publicKey);
};
