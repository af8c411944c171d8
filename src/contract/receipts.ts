// Functions only, no methods of schemas: the browser's bundle takes the same file with `zod/mini`.
import * as z from 'zod';

/** 32 bytes in base64, as checkpoints (C2SP) write them. */
const Hash = z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/));

/**
 * Answer of `GET /api/log/receipts/{position}`: all it takes to check, with no server, that a fact stands in the sealed
 * log as it was recorded.
 */
export const Receipt = z.object({
  /** The event as the log holds it, times in ms since 1970; every field of it is hashed. */
  envelope: z.looseObject({
    position: z.int(),
    type: z.string(),
    occurredAt: z.int(),
    recordedAt: z.int(),
  }),
  /** Its leaf in the tree, from 0. */
  leaf: z.int().check(z.nonnegative()),
  /** The signed tree head (C2SP tlog-checkpoint) that covers the leaf, with its line ends. */
  checkpoint: z.string(),
  /** RFC 6962 inclusion path, from the leaf's sibling to the child of the root. */
  path: z.array(Hash).check(z.maxLength(53)),
  /** Verifier keys (C2SP signed-note) of this log, the oldest first. */
  keys: z.array(z.string()).check(z.maxLength(100)),
});
export type Receipt = z.infer<typeof Receipt>;

/**
 * What the browser reads of `GET /api/log/keys` (`log-proofs.ts`): the verifier keys that are this log's, the oldest
 * first, and from how many leaves on each signs. One that was replaced signs nothing larger.
 */
export const LogKeys = z.object({
  keys: z.array(z.object({ key: z.string(), fromSize: z.int().check(z.nonnegative()) })),
});
export type LogKeys = z.infer<typeof LogKeys>;
