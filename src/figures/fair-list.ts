import { countedCategories } from '../../events/fields.ts';
import type { FairSettings } from '../../events/fair.ts';
import { visitsByFair } from '../../projections/attendance/queries/totals.ts';
import { allFairs } from '../../projections/fairs/queries.ts';
import { type FiguresDatabase, readSnapshot } from './snapshot.ts';

/** A fair with its public total. */
export type ListedFair = { readonly fair: string; readonly settings: FairSettings; readonly visits: number };

/** The list as it was last read: plain data, good for everybody. `at` in ms since 1970. */
export type KnownList = { read?: { readonly at: number; readonly fairs: readonly ListedFair[] } };

/** More than this are found by their address. */
const listedMax = 60;
const goodForMs = 1000;

/** The fairs there are, the latest day first: read once a second at most, however many look at it. */
export class FairList {
  readonly #db: FiguresDatabase;
  readonly #known: KnownList;
  #reading: Promise<readonly ListedFair[] | undefined> | undefined;

  constructor(db: FiguresDatabase, known: KnownList = {}) {
    this.#db = db;
    this.#known = known;
  }

  /** @returns undefined while there are no figures to read */
  now(): Promise<readonly ListedFair[] | undefined> {
    const { read } = this.#known;
    if (read && Math.abs(Date.now() - read.at) < goodForMs) return Promise.resolve(read.fairs);
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<readonly ListedFair[] | undefined> {
    const fairs = await readSnapshot(this.#db, async (snapshot) => {
      const known = await allFairs(snapshot.fairs, { limit: listedMax });
      const names = known.map(({ fair }) => fair);
      const visits = await visitsByFair(snapshot.attendance, names, countedCategories);
      return known.map(({ fair, settings }) => ({ fair, settings, visits: visits.get(fair) ?? 0 }));
    });
    if (fairs) this.#known.read = { at: Date.now(), fairs };
    return fairs;
  }
}
