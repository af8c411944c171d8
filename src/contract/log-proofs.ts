import { z } from 'zod';

/** 32 bytes in base64 (RFC 4648 §4). */
const Hash = z.string().length(44);
const Path = z.array(Hash);
const Leaves = z.int().min(0);

/** Answer of `GET /api/log/keys`: who signs the checkpoints, the oldest first. */
export const SigningKeys = z.object({
  /** The log's name: the first line of each checkpoint, and the name of its keys. */
  origin: z.string(),
  keys: z.array(
    z.object({
      /** Verifier key of C2SP signed-note. */
      key: z.string(),
      /** It signs checkpoints of so many leaves and more. */
      fromSize: Leaves,
      /** The checkpoint in which the key before names this one, signed by both; null for the first. */
      handover: z.string().nullable(),
    }),
  ),
});

/** Answer of `GET /api/log/proofs/inclusion`: RFC 6962 §2.1.1, from below. */
export const InclusionProof = z.object({
  /** From 0. */
  leaf: Leaves,
  size: Leaves,
  leafHash: Hash,
  path: Path,
  root: Hash,
});

/** Answer of `GET /api/log/proofs/consistency`: RFC 6962 §2.1.2. */
export const ConsistencyProof = z.object({
  from: Leaves,
  to: Leaves,
  path: Path,
  fromRoot: Hash,
  toRoot: Hash,
});
