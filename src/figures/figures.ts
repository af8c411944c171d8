import type { FiguresDocument } from '../contract/figures.ts';
import { currentGeneration } from '../../projections/generations/queries.ts';
import type { EventStore } from '../store/event-store.ts';
import { asOfFigures } from './as-of.ts';
import { figuresDocument } from './document.ts';
import { type FactsBehind, factsBehind, type FactsQuery } from './facts-behind.ts';
import type { FiguresDatabase } from './snapshot.ts';

type Remembered = { readonly key: string; readonly document: Promise<FiguresDocument | undefined> };

/** Time moves who is inside and what today is, so a document is good for one minute at most. */
const minuteMs = 60_000;

type Options = {
  /** What the figures are counted from. */
  readonly log: Pick<EventStore, 'read'>;
  readonly clock: () => number;
  readonly fairsMax?: number;
};

/** The figures of all fairs, each document computed once for everybody who asks at the same position. */
export class Figures {
  readonly #db: FiguresDatabase;
  readonly #log: Pick<EventStore, 'read'>;
  readonly #clock: () => number;
  readonly #fairsMax: number;
  readonly #remembered = new Map<string, Remembered>();

  /** @param options.clock ms since 1970 */
  constructor(db: FiguresDatabase, { log, clock, fairsMax = 200 }: Options) {
    this.#db = db;
    this.#log = log;
    this.#clock = clock;
    this.#fairsMax = fairsMax;
  }

  /** @returns undefined for a fair that does not exist */
  async document(fair: string): Promise<FiguresDocument | undefined> {
    const now = this.#clock();
    const current = await currentGeneration(this.#db);
    if (!current) return undefined;
    const { generation, position } = current;
    const key = `${generation} ${position} ${Math.floor(now / minuteMs)}`;
    const known = this.#remembered.get(fair);
    if (known?.key === key) return known.document;
    const document = asOfFigures(this.#log, position, now).then((asOf) => figuresDocument(this.#db, fair, asOf));
    this.#remember(fair, { key, document });
    return document;
  }

  /** One page of the facts behind a figure, the latest first. */
  factsBehind(fair: string, figure: string, query: Omit<FactsQuery, 'now'>): Promise<FactsBehind | undefined> {
    return factsBehind(this.#db, fair, figure, { ...query, now: this.#clock() });
  }

  /** What failed, and fairs that do not exist, are not remembered: the one may come back, of the others anybody can think up any number. */
  #remember(fair: string, remembered: Remembered): void {
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= this.#fairsMax && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.delete(fair);
    this.#remembered.set(fair, remembered);
    const forget = () => {
      if (this.#remembered.get(fair) === remembered) this.#remembered.delete(fair);
    };
    remembered.document.then((document) => document ?? forget(), forget);
  }
}
