import { type KeyObject, sign } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** What the thread that signs is told. */
export type ToSign = {
  /** Keys that it has not met, each with the number that messages call it by. */
  readonly newKeys: readonly (readonly [number, KeyObject])[];
  readonly messages: readonly { readonly key: number; readonly length: number }[];
  /** All messages, one after the other. */
  readonly bytes: Uint8Array;
};

/** 64 bytes a message, in their order. */
export type Signatures = Uint8Array<ArrayBuffer>;

const keys = new Map<number, KeyObject>();

parentPort?.on('message', ({ newKeys, messages, bytes }: ToSign) => {
  for (const [number, key] of newKeys) keys.set(number, key);
  const signatures: Signatures = new Uint8Array(messages.length * 64);
  let from = 0;
  for (const [index, { key, length }] of messages.entries()) {
    const known = keys.get(key);
    if (!known) throw new Error(`no key has the number ${key}`);
    signatures.set(sign(null, bytes.subarray(from, from + length), known), index * 64);
    from += length;
  }
  parentPort?.postMessage(signatures, [signatures.buffer]);
});
