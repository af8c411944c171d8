import type { Actor } from '../../../../events/envelope.ts';
import type { Chance } from '../../../plan/chance.ts';
import type { Pass } from './passes.ts';
import type { GateCode } from './place.ts';

/** A pass that was let in, and what became of it. */
export type Bearer = Pass & {
  readonly stream: string;
  readonly persons: number;
  readonly first: { readonly occurredAt: number; readonly gate: string };
  version: number;
  gate: GateCode;
  /** The scan by which it came in first. */
  readonly scan: string;
  actor: Actor;
  /** On which day it came in last. */
  day: number;
  /** ms since 1970. */
  lastAt: number;
  /** Scans of it, repeat reads included. */
  scans: number;
  is: 'inside' | 'outside' | 'undone';
};

/** So many of those who were let in are remembered, the latest of each day. */
const bearersMax = 20_000;

/** Those of whom a later fact may tell something. */
export class Bearers {
  readonly #chance: Chance;
  #today: Bearer[] = [];
  #before: Bearer[] = [];
  #day = 0;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  turnTo(day: number): void {
    if (day === this.#day) return;
    this.#before = [...this.#before, ...this.#today].slice(-bearersMax);
    this.#today = [];
    this.#day = day;
  }

  remember(bearer: Bearer): void {
    if (this.#today.length >= 2 * bearersMax) this.#today = this.#today.slice(bearersMax);
    this.#today.push(bearer);
  }

  /** Those who came last today. */
  latest(count: number): readonly Bearer[] {
    return this.#today.slice(-count);
  }

  pickOfToday(fits: (bearer: Bearer) => boolean): Bearer | undefined {
    return this.#pick(this.#today, fits);
  }

  /** One who has not come today. */
  pickOfBefore(): Bearer | undefined {
    return this.#pick(this.#before, ({ day, is }) => day < this.#day && is !== 'undone');
  }

  /** A few tries; most of them fit. */
  #pick(bearers: readonly Bearer[], fits: (bearer: Bearer) => boolean): Bearer | undefined {
    for (let tries = 0; tries < 20; tries += 1) {
      const bearer = this.#chance.pickAny(bearers);
      if (bearer && fits(bearer)) return bearer;
    }
    return undefined;
  }
}
