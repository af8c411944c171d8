import type { Actor } from '../../../../events/envelope.ts';
import type { Category } from '../../../../events/fields.ts';
import { deriveId, streamOf } from '../../../../src/commands/ids.ts';
import type { Chance } from '../../../plan/chance.ts';
import type { LogItem, Scribe } from './scribe.ts';

export type Pass = {
  readonly pass: string;
  readonly category: Category;
  readonly partySize: number;
  readonly source: 'pass' | 'poster';
  /** Events of its stream before its first scan. */
  readonly written: number;
};

type Batch = Pick<Pass, 'category' | 'partySize'> & { readonly batch: string };

const passesPerBatch = 100;

const categories = [
  ['individual', 40],
  ['pupil', 30],
  ['family', 15],
  ['delegate', 5],
  ['staff', 4],
  ['exhibitor', 4],
  ['press', 1],
  ['contractor', 1],
] as const satisfies readonly (readonly [Category, number])[];

/** Those that the organiser hands out before the fair, batch by batch, and that are shown in another order. */
export class Passes {
  readonly #batches: Batch[] = [];
  readonly #count: number;
  readonly #chance: Chance;
  #shown = 0;

  constructor(count: number, chance: Chance) {
    this.#count = count;
    this.#chance = chance;
  }

  /** @param at ms since 1970 @param index from 0, in order */
  issue(index: number, at: number, { scribe, organiser }: { scribe: Scribe; organiser: Actor }): LogItem {
    if (index % passesPerBatch === 0) this.#batches.push(this.#newBatch(at));
    const { pass, category, partySize, batch } = this.#passAt(index, scribe.fair);
    const stream = streamOf(scribe.fair, 'pass', pass);
    const about = { kind: 'pass', id: pass, stream, after: 0, actor: organiser, occurredAt: at, recordedAt: at };
    return scribe.write('PassIssued', { pass, batch, category, partySize }, about);
  }

  /** One that nobody has shown yet: handed out, or taken by the visitor, of which the log knows nothing before. */
  showNext(at: number, fair: string): Pass {
    if (this.#shown < this.#count && this.#chance.happens(0.61)) {
      const index = (this.#shown * strideOf(this.#count)) % this.#count;
      this.#shown += 1;
      return { ...this.#passAt(index, fair), source: 'pass', written: 1 };
    }
    const source = this.#chance.happens(0.3) ? 'poster' : 'pass';
    return { pass: this.#chance.id(at), ...this.#partyOf('individual'), source, written: 0 };
  }

  #newBatch(at: number): Batch {
    return { batch: this.#chance.id(at), ...this.#partyOf(this.#chance.weighted(categories)) };
  }

  #partyOf(category: Category): Pick<Pass, 'category' | 'partySize'> {
    return { category, partySize: category === 'family' ? this.#chance.between(2, 5) : 1 };
  }

  #passAt(index: number, fair: string): Batch & { readonly pass: string } {
    const batch = this.#batches[Math.floor(index / passesPerBatch)];
    if (!batch) throw new RangeError(`pass ${index} was never handed out`);
    return { ...batch, pass: deriveId(fair, `pass ${index % passesPerBatch} of batch`, batch.batch) };
  }
}

/** A prime that does not divide the count leads through all of them. */
const strideOf = (count: number): number => (count % 7919 === 0 ? 7927 : 7919);
