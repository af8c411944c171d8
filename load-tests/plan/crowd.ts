import type { Chance } from './chance.ts';
import type { PassTerms } from './facts.ts';

/** What is known of a pass that was shown before. */
export type Seen = {
  readonly pass: number;
  readonly at: number;
  readonly gate: string;
  readonly device: number;
  readonly persons: number;
  readonly isInside: boolean;
};

type Wanted = { readonly from: number; readonly until: number; readonly isInside?: boolean };

/** Visitors with their passes, in the order in which they come for the first time. */
export class Crowd {
  readonly #passes: PassTerms[];
  readonly #chance: Chance;
  readonly #seen = new Map<number, Seen>();

  /** @param passes the fair's, to which those of newcomers are added */
  constructor(passes: PassTerms[], chance: Chance) {
    this.#passes = passes;
    this.#chance = chance;
  }

  newcomer(): { readonly pass: number } & PassTerms {
    const category = this.#chance.weighted(categories);
    const partySize = category === 'family' ? this.#chance.between(2, 6) : 1;
    const mayTake = category === 'individual' || category === 'pupil' || category === 'family';
    const terms = {
      category,
      partySize,
      from: mayTake && this.#chance.happens(0.3) ? 'visitor' : 'organiser',
    } as const;
    return { pass: this.#passes.push(terms) - 1, ...terms };
  }

  partySizeOf(pass: number): number {
    return this.#passes[pass]?.partySize ?? 1;
  }

  saw(seen: Seen): void {
    this.#seen.set(seen.pass, seen);
  }

  /** Somebody who was last seen between two moments, if chance finds one. */
  oneSeen({ from, until, isInside }: Wanted): Seen | undefined {
    for (let tries = 0; tries < 20; tries += 1) {
      const seen = this.#seen.get(this.#chance.between(0, this.#passes.length - 1));
      if (seen && seen.at >= from && seen.at <= until && (isInside === undefined || seen.isInside === isInside))
        return seen;
    }
    return undefined;
  }
}

const categories = [
  ['pupil', 48],
  ['individual', 27],
  ['family', 15],
  ['delegate', 3],
  ['staff', 3],
  ['exhibitor', 3],
  ['press', 1],
] as const;
