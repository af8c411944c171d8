import type { Chance } from './chance.ts';
import type { Fact, Sale, Scan, Void, WalkIn } from './facts.ts';
import type { Moment } from './scans.ts';

const apartSeconds = 3;
const backSeconds = 60;

/**
 * Undoes what was sent a few seconds before: the last scan of a pass, a press, a sale that nothing was brought back
 * of, each by its own phone and once.
 */
export class Undoing {
  readonly #facts: readonly (Scan | WalkIn | Sale)[];
  readonly #undone = new Set<string>();
  readonly #chance: Chance;

  constructor(facts: readonly Fact[], chance: Chance) {
    this.#chance = chance;
    const last = new Map<number, string>();
    for (const fact of facts) if (fact.kind === 'scan' && 'pass' in fact.showing) last.set(fact.showing.pass, fact.id);
    const returned = new Set(facts.flatMap((fact) => (fact.kind === 'return' ? [fact.sale] : [])));
    this.#facts = facts
      .filter((fact) => fact.kind === 'scan' || fact.kind === 'walk-in' || fact.kind === 'sale')
      .filter((fact) => fact.kind !== 'scan' || !('pass' in fact.showing) || last.get(fact.showing.pass) === fact.id)
      .filter(({ id }) => !returned.has(id));
  }

  next({ at, id }: Moment): Void | undefined {
    const of = this.#chance.pickAny(
      this.#facts.filter(
        (fact) => fact.at <= at - apartSeconds && fact.at >= at - backSeconds && !this.#undone.has(fact.id),
      ),
    );
    if (!of) return undefined;
    this.#undone.add(of.id);
    return { kind: 'void', id, at, of, reason: 'Bấm nhầm' };
  }
}
