import type { QueryExecutorProvider } from 'kysely';
import type { ProjectedFact } from '../../events/catalogue.ts';
import type { FoldStart } from '../projection.ts';
import { Rows } from '../rows.ts';
import { Sums } from '../sums.ts';
import type { Exhibitor, ExhibitorRows } from './exhibitor-rows.ts';
import { type CatalogueSum, type Chunk, catalogueSums, chunks, type Title, type Upload, uploads } from './tables.ts';
import { nameOrder, type TitleRows } from './title-rows.ts';
import { chunkOf, isWhole, latestWhole, merged, uploadNewsOf } from './uploads.ts';

/**
 * Which catalogue of each exhibitor counts: of its whole uploads the latest, as long as it takes part. The lines are
 * added to the sums when it begins to count, and taken away when it ends.
 */
export class Catalogues {
  readonly #uploads: Rows<Upload, 'fair' | 'exhibitor'>;
  readonly #chunks: Rows<Chunk, 'fair' | 'exhibitor' | 'upload'>;
  readonly #sums = new Sums<CatalogueSum, 'titles' | 'lines' | 'copies'>(catalogueSums, ['titles', 'lines', 'copies']);
  readonly #exhibitors: ExhibitorRows;
  readonly #titles: TitleRows;
  #arrived: readonly Chunk[] = [];
  #news: readonly Upload[] = [];
  #changed: readonly Exhibitor[] = [];

  constructor(start: FoldStart, rows: { readonly exhibitors: ExhibitorRows; readonly titles: TitleRows }) {
    this.#uploads = new Rows(uploads, ['fair', 'exhibitor'], start);
    // A chunk is some 10 KB; what is not in memory is read again when its upload is complete.
    this.#chunks = new Rows(chunks, ['fair', 'exhibitor', 'upload'], { ...start, rowsMax: 3000 });
    this.#exhibitors = rows.exhibitors;
    this.#titles = rows.titles;
  }

  take(events: readonly ProjectedFact[]): void {
    this.#arrived = events.flatMap((event) => chunkOf(event) ?? []);
    this.#news = events.flatMap((event) => uploadNewsOf(event) ?? []);
  }

  /**
   * @param changed exhibitors that begin or cease to take part
   * @returns the titles that may change
   */
  async load(db: QueryExecutorProvider, changed: readonly Exhibitor[]): Promise<Pick<Title, 'fair' | 'title'>[]> {
    await this.#uploads.load(db, [...this.#news, ...changed]);
    const completed = this.#news.filter((news) => (this.#known(news)?.chunks ?? news.chunks) !== null);
    this.#changed = once([...changed, ...completed]);
    // What counts now is the latest that was whole before the batch, or one that the batch completes.
    const latest = this.#changed.flatMap((exhibitor) => latestWhole(this.#uploads.family(exhibitor)) ?? []);
    const needed = [...completed, ...latest];
    await this.#chunks.load(db, needed);
    const counted = new Set(needed.map(({ upload }) => upload));
    const arrived = this.#arrived.filter(({ upload }) => counted.has(upload));
    const lines = [...arrived, ...needed.flatMap((upload) => this.#chunks.family(upload))];
    return lines.flatMap(({ fair, titles }) => titles.map(([title]) => ({ fair, title })));
  }

  /** Whose catalogue this batch may change. */
  get exhibitors(): readonly Exhibitor[] {
    return this.#changed;
  }

  /** Called when it is known who takes part. */
  apply(): void {
    for (const chunk of this.#arrived) this.#chunks.add(chunk);
    for (const news of this.#news) {
      const before = this.#known(news);
      const after = merged(before, news);
      this.#uploads.put(after);
      if (isWhole(after) && !(before && isWhole(before))) this.#nameTitles(after);
    }
    for (const exhibitor of this.#changed) this.#settle(exhibitor);
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await this.#uploads.save(db);
    await this.#chunks.save(db);
    await this.#sums.save(db);
  }

  #known({ fair, exhibitor, upload }: Upload): Upload | undefined {
    return this.#uploads.family({ fair, exhibitor }).find((known) => known.upload === upload);
  }

  #nameTitles(upload: Upload): void {
    const named = nameOrder('catalogue', { occurredAt: upload.occurred_at ?? 0, id: upload.upload });
    for (const { fair, chunk, titles } of this.#chunksOf(upload)) {
      for (const [index, [title, name]] of titles.entries())
        this.#titles.call({ fair, title }, { name, order: lineOrder(named, chunk, index) });
    }
  }

  #settle(exhibitor: Exhibitor): void {
    const { catalogue: before, takes_part } = this.#exhibitors.of(exhibitor);
    const uploads = this.#uploads.family(exhibitor);
    const now = takes_part ? latestWhole(uploads) : undefined;
    const old = uploads.find(({ upload }) => upload === before);
    if (now?.upload === old?.upload) return;
    if (old) this.#count(old, -1);
    const counted = now && this.#count(now, 1);
    this.#exhibitors.change(exhibitor, {
      catalogue: now?.upload ?? null,
      lines: counted?.lines ?? 0,
      copies: counted?.copies ?? 0,
    });
  }

  #count(upload: Upload, sign: 1 | -1): { readonly lines: number; readonly copies: number } {
    const parts = this.#chunksOf(upload);
    const named = Map.groupBy(
      parts.flatMap(({ titles }) => titles),
      ([title]) => title,
    );
    const { fair } = upload;
    let titles = 0;
    for (const [title, { length }] of named) titles += this.#titles.addLines({ fair, title }, sign * length);
    const lines = parts.reduce((sum, part) => sum + part.lines, 0);
    const copies = parts.reduce((sum, part) => sum + part.copies, 0);
    this.#sums.add({ fair, titles, lines: sign * lines, copies: sign * copies });
    return { lines, copies };
  }

  /** Those that the closing fact speaks of. */
  #chunksOf({ fair, exhibitor, upload, chunks }: Upload): Chunk[] {
    return this.#chunks.family({ fair, exhibitor, upload }).filter(({ chunk }) => chunk <= (chunks ?? 0));
  }
}

/** Of two lines of one upload for the same title the later one says its name. */
const lineOrder = (upload: string, ...place: readonly [chunk: number, index: number]): string =>
  [upload, ...place.map((number) => String(number).padStart(7, '0'))].join(' ');

const once = (exhibitors: readonly Exhibitor[]): Exhibitor[] => [
  ...new Map(exhibitors.map(({ fair, exhibitor }) => [`${fair} ${exhibitor}`, { fair, exhibitor }])).values(),
];
