import { getRandomValues, hash } from 'node:crypto';

/** Whether a signature (64 bytes) of a message is the one that the holder of the key makes. */
export type IsOwn = (message: Uint8Array, signature: Uint8Array) => boolean;

/**
 * Tells the Ed25519 signatures of a private key (RFC 8032) in a sixth of the time in which it signs. Of a signature
 * R ‖ S of a message M it is asked whether S ≡ SHA-512(prefix ‖ M) + SHA-512(R ‖ A ‖ M) · a modulo the group's order L,
 * with the secret halves a and prefix of the key; no point of the curve is looked at. Nobody else finds R and S that fit:
 * for an M that was never signed the first summand is as good as random, and for one that was, the difference to the
 * genuine S would give the key a away. What is not told to be own may still be valid, and is for `verify` to say.
 * @param seed the private half, 32 bytes
 * @param publicHalf A, 32 bytes
 */
export function ownSignatures(seed: Buffer, publicHalf: Buffer): IsOwn {
  const expanded = hash('sha512', seed, 'buffer');
  const scalar = scalarOf(expanded.subarray(0, 32));
  const prefix = expanded.subarray(32);
  return (message, signature) => {
    if (signature.length !== 64) return false;
    const s = numberOf(signature.subarray(32));
    if (s >= order) return false;
    const nonce = hash('sha512', Buffer.concat([prefix, message]), 'buffer');
    const challenge = hash('sha512', Buffer.concat([signature.subarray(0, 32), publicHalf, message]), 'buffer');
    // Another multiple of L each time, so that how long the arithmetic takes tells nothing of the key.
    const blinded = scalar + nextBlind() * order;
    return (numberOf(nonce) + numberOf(challenge) * blinded - s) % order === 0n;
  };
}

/** L of RFC 8032 §5.1. */
const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;

/** RFC 8032 §5.1.5: three bits are cleared and one is set. */
function scalarOf(bytes: Uint8Array): bigint {
  return (numberOf(bytes) & ((1n << 254n) - 8n)) | (1n << 254n);
}

/** Little-endian, a multiple of 8 bytes. */
function numberOf(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let number = 0n;
  for (let at = bytes.byteLength - 8; at >= 0; at -= 8) number = (number << 64n) | view.getBigUint64(at, true);
  return number;
}

const blinds = new BigUint64Array(512);
let blindsLeft = 0;

/** 64 bits of chance, drawn by the page: each draw costs as much as the rest. */
function nextBlind(): bigint {
  if (blindsLeft === 0) {
    getRandomValues(blinds);
    blindsLeft = blinds.length;
  }
  blindsLeft -= 1;
  return blinds[blindsLeft] ?? 0n;
}
