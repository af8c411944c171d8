import { countedCategories } from '../../events/fields.ts';
import type { FairSettings } from '../../events/fair.ts';
import { visitsByFair } from '../../projections/attendance/queries/totals.ts';
import { allFairs } from '../../projections/fairs/queries.ts';
import { type FiguresDatabase, readSnapshot } from './snapshot.ts';

/** A fair with its public total. */
export type ListedFair = { readonly fair: string; readonly settings: FairSettings; readonly visits: number };

type ReadList = { readonly position: number; readonly fairs: readonly ListedFair[] };

/** The list as it was last read: plain data, good for everybody. `at` in ms since 1970. */
export type KnownList = { read?: ReadList & { readonly at: number } };

/** More than this are found by their address. */
const listedMax = 60;
const goodForMs = 1000;

/** The fairs there are, the latest day first: read once a second at most, however many look at it. */
export class FairList {
  readonly #db: FiguresDatabase;
  readonly #known: KnownList;
  #reading: Promise<ReadList | undefined> | undefined;

  constructor(db: FiguresDatabase, known: KnownList = {}) {
    this.#db = db;
    this.#known = known;
  }

  /**
   * @param query.after a log position that the figures have reached, and the list must have seen
   * @returns undefined while there are no figures to read
   */
  async now({ after = 0 }: { readonly after?: number | undefined } = {}): Promise<readonly ListedFair[] | undefined> {
    const { read } = this.#known;
    if (read && read.position >= after && Math.abs(Date.now() - read.at) < goodForMs) return read.fairs;
    const soon = await this.#readOnce();
    // What was being read already may have begun before the position was reached.
    return soon && soon.position < after ? (await this.#readOnce())?.fairs : soon?.fairs;
  }

  #readOnce(): Promise<ReadList | undefined> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<ReadList | undefined> {
    const list = await readSnapshot(this.#db, async (snapshot) => {
      const known = await allFairs(snapshot.fairs, { limit: listedMax });
      const names = known.map(({ fair }) => fair);
      const visits = await visitsByFair(snapshot.attendance, names, countedCategories);
      const fairs = known.map(({ fair, settings }) => ({ fair, settings, visits: visits.get(fair) ?? 0 }));
      return { position: snapshot.position, fairs };
    });
    if (list) this.#known.read = { at: Date.now(), ...list };
    return list;
  }
}
