/**
 * Whether it is worth while to take the stream of a command for a new one before it is loaded: how often of late that
 * would have been right, for each kind of command.
 */
export class Beginnings {
  readonly #shares = new Map<string, number>();

  isLikely(kind: string): boolean {
    return (this.#shares.get(kind) ?? 1) >= shareMin;
  }

  /** @param isFirst whether nothing stood in the stream */
  learn(kind: string, isFirst: boolean): void {
    const share = this.#shares.get(kind) ?? 1;
    this.#shares.set(kind, share + ((isFirst ? 1 : 0) - share) / lookingBack);
  }
}

/** A command that was wrong about it costs an append that is refused, and is then decided as any other. */
const shareMin = 0.7;
/** Commands. */
const lookingBack = 64;
