import { SeenStreams } from './seen-streams.ts';

/**
 * Whether it is worth while to take the stream of a command for a new one before it is loaded: not where something was
 * seen in it, and not where most commands of its kind have to load theirs anyway, all in one batch.
 */
export class Beginnings {
  readonly #seen = new SeenStreams();
  readonly #shares = new Map<string, number>();

  isLikely(kind: string, stream: string): boolean {
    return (this.#shares.get(kind) ?? 1) >= shareMin && !this.#seen.has(stream);
  }

  /** @param isFirst whether nothing stood in the stream; something does from now on */
  learn(kind: string, stream: string, isFirst: boolean): void {
    const share = this.#shares.get(kind) ?? 1;
    this.#shares.set(kind, share + ((isFirst ? 1 : 0) - share) / lookingBack);
    if (!isFirst && this.#seen.has(stream)) return;
    this.#seen.add(stream);
  }
}

/** Measured: docs/decisions/0032-a-fact-that-begins-its-stream.md. */
const shareMin = 0.75;
/** Commands. */
const lookingBack = 64;
