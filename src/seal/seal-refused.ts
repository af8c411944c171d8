/** Signing would contradict what was signed before, or cannot be known not to. `message` says what does not fit. */
export class SealRefused extends Error {
  override readonly name = 'SealRefused';
}
