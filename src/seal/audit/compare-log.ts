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

/** So many changed facts are compared with each other, to find those that were swapped; no more are kept. */
const suspectsMax = 300;

/** So far ahead a fact is looked for that is not where it was sealed: that many neighbours may be gone or new. */
const aheadMax = 64;
/** So often, in the whole log: where everything was changed it would take too long. */
const looksMax = 5000;

class Walk {
  readonly #log: Compared['log'];
  readonly #sealed: Compared['sealed'];
  readonly #suspects: Changed[] = [];
  /** Changed facts beyond the suspects. */
  readonly #changed: Finding[] = [];
  #looksLeft = looksMax;
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
    const farthest = this.#looksLeft > 0 ? aheadMax : 1;
    this.#looksLeft -= 1;
    const [gone, added] = [await this.#leavesUpTo(fact, farthest), await this.#factsUpTo(leaf, farthest)];
    const [isGone, isNew] = [isShorter(gone, added), isShorter(added, gone)];
    if (isGone) {
      this.findings.push({ kind: 'facts-missing', ...endsOf([leaf, ...gone.slice(0, -1)]), renumbered: true });
      this.#shift = (gone.at(-1)?.position ?? 0) - fact.position;
      this.#sealed.skip(gone.length);
    } else if (isNew) {
      this.findings.push({ kind: 'facts-inserted', ...endsOf([fact, ...added.slice(0, -1)]), renumbered: true });
      this.#shift = leaf.position - (added.at(-1)?.position ?? 0);
      this.#log.skip(added.length);
    } else if (gone.length === 1 && added.length === 1) {
      this.findings.push({ kind: 'facts-swapped', positions: [leaf.position, gone[0]?.position ?? 0] });
      this.#skipBoth(2);
    } else {
      this.#noteChanged({ fact, leaf });
      this.#skipBoth(1);
    }
  }

  /** The leaves behind the present one up to the fact's own; none where it is not among them. */
  async #leavesUpTo(fact: StoredEvent, farthest: number): Promise<SealedLeaf[]> {
    const leaves: SealedLeaf[] = [];
    for (let ahead = 1; ahead <= farthest; ahead += 1) {
      const leaf = await this.#sealed.peek(ahead);
      if (!leaf) return [];
      leaves.push(leaf);
      if (isLeaf(fact, leaf)) return leaves;
    }
    return [];
  }

  /** The facts behind the present one up to the leaf's own. */
  async #factsUpTo(leaf: SealedLeaf, farthest: number): Promise<StoredEvent[]> {
    const facts: StoredEvent[] = [];
    for (let ahead = 1; ahead <= farthest; ahead += 1) {
      const fact = await this.#log.peek(ahead);
      if (!fact) return [];
      facts.push(fact);
      if (isLeaf(fact, leaf)) return facts;
    }
    return [];
  }

  #noteChanged(changed: Changed): void {
    if (this.#suspects.length < suspectsMax) this.#suspects.push(changed);
    else widen(this.#changed, 'facts-changed', changed.fact.position);
  }

  /** Changed facts, those that stand in each other's place as swapped. */
  changes(): Finding[] {
    const suspects = this.#suspects;
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
    for (const one of suspects) {
      if (!swapped.has(one)) widen(findings, 'facts-changed', one.fact.position);
    }
    for (const one of this.#changed) {
      if (one.kind === 'facts-changed') widen(findings, one.kind, one.from, one.to);
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

  #noteMissing(position: number): void {
    widen(this.findings, 'facts-missing', position);
    this.#sealed.skip();
  }

  #noteInserted(position: number): void {
    widen(this.findings, 'facts-inserted', position);
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

/** Found, and not behind the other: the shorter way is what happened. */
const isShorter = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length > 0 && (other.length === 0 || one.length < other.length);

const endsOf = (run: readonly { readonly position: number }[]): { readonly from: number; readonly to: number } => ({
  from: run[0]?.position ?? 0,
  to: run.at(-1)?.position ?? 0,
});

/** One finding for a run of neighbours. */
function widen(findings: Finding[], kind: Run, from: number, to = from): void {
  const last = findings.at(-1);
  if (last?.kind === kind && last.to === from - 1 && !('renumbered' in last))
    findings[findings.length - 1] = { ...last, to };
  else findings.push({ kind, from, to });
}
