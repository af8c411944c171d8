import type { StoredEvent } from '../../../events/envelope.ts';
import { leafHash } from '../leaf.ts';
import type { SealedLeaf } from '../stored-tree.ts';
import type { Cursor } from './cursor.ts';
import type { Finding } from './finding.ts';

/** The log as it is, and the leaves that were sealed; both in log order. */
export type Compared = { readonly log: Cursor<StoredEvent>; readonly sealed: Cursor<SealedLeaf> };

export type LogFindings = {
  readonly findings: readonly Finding[];
  /** Facts that are younger than the last checkpoint. */
  readonly unsealed: { readonly count: number; readonly from: number; readonly to: number };
  /** When the first of those was recorded, in ms since 1970; null where all are sealed. */
  readonly unsealedSince: number | null;
};

/**
 * Goes through the log and what was sealed side by side, and says of each position that differs what happened there.
 * Facts that follow a removed or inserted one are found again under the position that they were given.
 */
export async function compareLog(compared: Compared): Promise<LogFindings> {
  const walk = new Walk(compared);
  while (await walk.step());
  return {
    findings: [...walk.changes(), ...walk.findings],
    unsealed: walk.unsealed,
    unsealedSince: walk.unsealedSince,
  };
}

type Changed = { readonly fact: StoredEvent; readonly leaf: SealedLeaf };

/** So many changed facts are compared with each other, to find those that were swapped. */
const suspectsMax = 300;

class Walk {
  readonly #log: Compared['log'];
  readonly #sealed: Compared['sealed'];
  readonly #changed: Changed[] = [];
  /** What is added to a fact's position to get the one that it was sealed under. */
  #shift = 0;
  readonly findings: Finding[] = [];
  unsealed = { count: 0, from: 0, to: 0 };
  unsealedSince: number | null = null;

  constructor({ log, sealed }: Compared) {
    this.#log = log;
    this.#sealed = sealed;
  }

  /** @returns whether there is more */
  async step(): Promise<boolean> {
    const [fact, leaf] = [await this.#log.peek(), await this.#sealed.peek()];
    if (!leaf) return this.#noteUnsealed(fact);
    // What cannot be read need not be gone.
    if (!fact) return this.#log.failure === undefined && this.#noteCut(leaf);
    const position = fact.position + this.#shift;
    if (position > leaf.position) this.#noteMissing(leaf.position);
    else if (position < leaf.position) this.#noteInserted(fact.position);
    else if (isLeaf(fact, leaf)) this.#skipBoth(1);
    else await this.#look(fact, leaf);
    return true;
  }

  /** Another fact is where this leaf was sealed: the next ones say why. */
  async #look(fact: StoredEvent, leaf: SealedLeaf): Promise<void> {
    const [nextFact, nextLeaf] = [await this.#log.peek(1), await this.#sealed.peek(1)];
    const isNextLeaf = nextLeaf !== undefined && isLeaf(fact, nextLeaf);
    const isNextFact = nextFact !== undefined && isLeaf(nextFact, leaf);
    if (isNextLeaf && isNextFact) {
      this.findings.push({ kind: 'facts-swapped', positions: [leaf.position, nextLeaf.position] });
      this.#skipBoth(2);
    } else if (isNextLeaf) {
      this.#noteMissing(leaf.position, { renumbered: true });
      this.#shift = nextLeaf.position - fact.position;
    } else if (isNextFact) {
      this.#noteInserted(fact.position, { renumbered: true });
      this.#shift = leaf.position - nextFact.position;
    } else {
      this.#changed.push({ fact, leaf });
      this.#skipBoth(1);
    }
  }

  /** Changed facts, those that stand in each other's place as swapped. */
  changes(): Finding[] {
    const suspects = this.#changed.slice(0, suspectsMax);
    const swapped = new Set<Changed>();
    const findings: Finding[] = [];
    for (const one of suspects) {
      const other = suspects.find(
        (suspect) => suspect !== one && isLeaf(one.fact, suspect.leaf) && isLeaf(suspect.fact, one.leaf),
      );
      if (!other || swapped.has(one)) continue;
      swapped.add(one).add(other);
      findings.push({ kind: 'facts-swapped', positions: [one.leaf.position, other.leaf.position] });
    }
    for (const one of this.#changed) {
      if (!swapped.has(one)) widen(findings, 'facts-changed', one.fact.position);
    }
    return findings;
  }

  #noteUnsealed(fact: StoredEvent | undefined): boolean {
    if (!fact) return false;
    const { count, from } = this.unsealed;
    this.unsealed = { count: count + 1, from: count === 0 ? fact.position : from, to: fact.position };
    this.unsealedSince = Math.min(this.unsealedSince ?? Infinity, fact.recordedAt);
    this.#log.skip();
    return true;
  }

  #noteCut({ position }: SealedLeaf): true {
    widen(this.findings, 'log-cut', position);
    this.#sealed.skip();
    return true;
  }

  #noteMissing(position: number, how: { readonly renumbered?: true } = {}): void {
    widen(this.findings, 'facts-missing', position, how);
    this.#sealed.skip();
  }

  #noteInserted(position: number, how: { readonly renumbered?: true } = {}): void {
    widen(this.findings, 'facts-inserted', position, how);
    this.#log.skip();
  }

  #skipBoth(count: number): void {
    this.#log.skip(count);
    this.#sealed.skip(count);
  }
}

/** Whether a fact is what was sealed there, under the position that it had then. */
function isLeaf(fact: StoredEvent, { position, hash }: SealedLeaf): boolean {
  try {
    return leafHash({ ...fact, position }).equals(hash);
  } catch {
    return false;
  }
}

type Run = 'facts-changed' | 'facts-missing' | 'facts-inserted' | 'log-cut';

/** One finding for a run of neighbours. */
function widen(findings: Finding[], kind: Run, position: number, how: { readonly renumbered?: true } = {}): void {
  const last = findings.at(-1);
  if (last?.kind === kind && last.to === position - 1 && !('renumbered' in last) && !how.renumbered)
    findings[findings.length - 1] = { ...last, to: position };
  else findings.push({ kind, from: position, to: position, ...how });
}
