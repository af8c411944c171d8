import type { Finding } from '../../seal/audit/finding.ts';
import type { Head } from '../../seal/audit/heads.ts';
import type { Frontier } from '../../seal/frontier.ts';

/** Compares a growing tree with heads as it reaches their sizes. */
export class HeadMeter {
  readonly #frontier: Frontier;
  readonly #due: Head[];
  readonly #largest: number;
  readonly #findings: Finding[] = [];
  #good = 0;
  unsealed = { count: 0, from: 0, to: 0 };

  /** @param heads the smallest first */
  constructor(frontier: Frontier, heads: readonly Head[]) {
    this.#frontier = frontier;
    this.#due = [...heads];
    this.#largest = heads.at(-1)?.size ?? 0;
    this.#compare();
  }

  /** A leaf was appended, of the fact at this position. */
  met(position: number): void {
    if (this.#frontier.size > this.#largest) {
      const { count, from } = this.unsealed;
      this.unsealed = { count: count + 1, from: count === 0 ? position : from, to: position };
    }
    this.#compare();
  }

  finish(): Finding[] {
    const cut = this.#frontier.size < this.#largest;
    return cut
      ? [...this.#findings, { kind: 'log-cut', from: this.#frontier.size + 1, to: this.#largest }]
      : this.#findings;
  }

  #compare(): void {
    for (let head = this.#due[0]; head?.size === this.#frontier.size; head = this.#due[0]) {
      this.#due.shift();
      const { where, size, root } = head;
      const found = this.#frontier.root();
      if (root.equals(found)) this.#good = size;
      else {
        const [sealed, is] = [root.toString('base64'), found.toString('base64')];
        this.#findings.push({ kind: 'root-differs', where, from: this.#good + 1, to: size, sealed, found: is });
      }
    }
  }
}
