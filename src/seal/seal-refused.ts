import { MissingHash } from './tiles.ts';

/** Signing would contradict what was signed before, or cannot be known not to. `message` says what does not fit. */
export class SealRefused extends Error {
  override readonly name = 'SealRefused';
}

/** A stored tree with a hole is nothing to go on from. */
export async function orRefuse<Answer>(ask: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof MissingHash) throw new SealRefused(error.message);
    throw error;
  }
}
