import { z } from 'zod';
import { type Checkpoint, parseCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import { NoteError } from './note-error.ts';

/**
 * A key of the log and from how many leaves on it signs. `handover` is the checkpoint of that size in which the key
 * before it names this one (`next KEY`), signed by both; null for the first.
 */
export type PublishedKey = {
  /** C2SP signed-note: `name+id+base64(0x01 ‖ public key)`. */
  readonly verifier: string;
  readonly fromSize: number;
  readonly handover: string | null;
};

/** The oldest first. */
export const PublishedKeys = z.array(
  z.strictObject({ verifier: z.string(), fromSize: z.int().min(0), handover: z.string().nullable() }),
);

/**
 * Believes a checkpoint that the key of its time has signed: one that was replaced signs nothing larger.
 * @throws NoteError
 */
export function verifyByKeys(
  note: string,
  keys: readonly PublishedKey[],
): Checkpoint & { readonly signedBy: readonly string[] } {
  const { size } = parseCheckpoint(note);
  const ofItsTime = keys.filter((key, at) => key.fromSize <= size && size <= (keys[at + 1]?.fromSize ?? size));
  return verifyCheckpoint(
    note,
    ofItsTime.map(({ verifier }) => verifier),
  );
}

/**
 * The keys that follow those we trust, as far as each is named by the one before it.
 * @param offered by somebody who is not trusted
 */
export function followHandovers(trusted: readonly PublishedKey[], offered: readonly PublishedKey[]): PublishedKey[] {
  const followed = [...trusted];
  for (const key of offered) {
    const last = followed.at(-1);
    if (last && key.handover !== null && handsOver(last, key)) followed.push(key);
  }
  return followed;
}

/** Where nobody is trusted yet: the first key offered, and those that follow from it. */
export const followFirst = ([first, ...others]: readonly PublishedKey[]): readonly PublishedKey[] =>
  first ? followHandovers([first], others) : [];

/** The line below the root that names the key which follows. */
export const nextKeyLine = (verifier: string): string => `next ${verifier}`;

function handsOver(last: PublishedKey, { verifier, fromSize, handover }: PublishedKey): boolean {
  try {
    const { size, extension, signedBy } = verifyCheckpoint(handover ?? '', [last.verifier, verifier]);
    return (
      size === fromSize &&
      size >= last.fromSize &&
      verifier !== last.verifier &&
      signedBy.length === 2 &&
      extension.includes(nextKeyLine(verifier))
    );
  } catch (error) {
    if (error instanceof NoteError) return false;
    throw error;
  }
}
