import { currentGeneration } from '../../projections/generations/queries.ts';
import type { FiguresDocument } from '../contract/figures.ts';
import { asOfFigures } from '../figures/as-of.ts';
import { figuresDocument } from '../figures/document.ts';
import { type FactsBehind, factsBehind, type FactsQuery } from '../figures/facts-behind.ts';
import type { FiguresDatabase } from '../figures/snapshot.ts';
import type { EventStore } from '../store/event-store.ts';

/** Documents as they were last computed in this isolate, by fair: plain data, good for every request. */
export type KnownFigures = Map<string, { readonly key: string; readonly document: FiguresDocument }>;

/** Time moves who is inside and what today is, so a document is good for one minute at most. */
const minuteMs = 60_000;
const fairsMax = 50;

/** The figures for one request. What another one has computed at the same position is not computed again. */
export class RequestFigures {
  readonly #db: FiguresDatabase;
  readonly #log: Pick<EventStore, 'read'>;
  readonly #known: KnownFigures;

  constructor(db: FiguresDatabase, log: Pick<EventStore, 'read'>, known: KnownFigures) {
    this.#db = db;
    this.#log = log;
    this.#known = known;
  }

  /** @returns undefined for a fair that does not exist */
  async document(fair: string): Promise<FiguresDocument | undefined> {
    const now = Date.now();
    const current = await currentGeneration(this.#db);
    if (!current) return undefined;
    const { generation, position } = current;
    const key = `${generation} ${position} ${Math.floor(now / minuteMs)}`;
    const known = this.#known.get(fair);
    if (known?.key === key) return known.document;
    const document = await figuresDocument(this.#db, fair, await asOfFigures(this.#log, position, now));
    if (document) this.#keep(fair, { key, document });
    return document;
  }

  /** One page of the facts behind a figure, the latest first. */
  factsBehind(fair: string, figure: string, query: Omit<FactsQuery, 'now'>): Promise<FactsBehind | undefined> {
    return factsBehind(this.#db, fair, figure, { ...query, now: Date.now() });
  }

  #keep(fair: string, known: { readonly key: string; readonly document: FiguresDocument }): void {
    this.#known.delete(fair);
    this.#known.set(fair, known);
    const [rested] = this.#known.keys();
    if (this.#known.size > fairsMax && rested !== undefined) this.#known.delete(rested);
  }
}
