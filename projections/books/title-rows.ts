import type { QueryExecutorProvider } from 'kysely';
import { NumberSums } from '../number-sums.ts';
import type { FoldStart } from '../projection.ts';
import { Rows } from '../rows.ts';
import { barcodeNumber, barcodeOf } from './queries/barcodes.ts';
import { type Title, titles } from './tables.ts';

type TitleName = Pick<Title, 'fair' | 'title'>;
type Called = { readonly name: string; readonly order: string };

/** Titles across all exhibitors, in the lines of catalogues and in sales. */
export class TitleRows {
  readonly #rows: Rows<Title, 'fair' | 'title'>;
  /**
   * Copies sold since all were written, by fair and barcode, of titles that a catalogue has named, for which a sale says
   * no more than that: a title's row is found anew, among a hundred thousand, once and not for each sale.
   */
  readonly #sold = new Map<string, NumberSums>();

  constructor(start: FoldStart) {
    this.#rows = new Rows(titles, ['fair', 'title'], start);
  }

  load(db: QueryExecutorProvider, names: Iterable<TitleName>): Promise<void> {
    return this.#rows.load(db, names);
  }

  /** @returns how many more titles have a line now: −1, 0 or 1 */
  addLines(name: TitleName, lines: number): number {
    const row = this.#rows.touch(name, () => unnamed(name));
    const before = row.lines;
    row.lines += lines;
    return Math.sign(row.lines) - Math.sign(before);
  }

  /** @param called what the till calls it, which counts for nothing where a catalogue has named it */
  sell(
    title: TitleName,
    {
      copies,
      called,
    }: { readonly copies: number; readonly called: (Pick<Called, 'name'> & { order: () => string }) | undefined },
  ): void {
    const barcode = barcodeNumber(title.title);
    if (barcode !== 0 && this.#sold.get(title.fair)?.addToKnown(barcode, copies)) return;
    const row = this.#rows.touch(title, () => unnamed(title));
    row.sold += copies;
    const isListed = row.name_order.startsWith(sources.catalogue);
    if (called && !isListed) name(row, { name: called.name, order: called.order() });
    if (barcode !== 0 && isListed) this.#soldIn(title.fair).add(barcode, 0);
  }

  /** Of several names for a title the one with the greatest order holds, whichever came first. */
  call(title: TitleName, called: Called): void {
    name(
      this.#rows.touch(title, () => unnamed(title)),
      called,
    );
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    for (const [fair, sums] of this.#sold) for (const [barcode, copies] of sums) this.#addSold(fair, barcode, copies);
    this.#sold.clear();
    await this.#rows.save(db);
  }

  #soldIn(fair: string): NumberSums {
    const known = this.#sold.get(fair);
    if (known) return known;
    const none = new NumberSums();
    this.#sold.set(fair, none);
    return none;
  }

  #addSold(fair: string, barcode: number, copies: number): void {
    if (copies === 0) return;
    const name = { fair, title: barcodeOf(barcode) };
    this.#rows.touch(name, () => unnamed(name)).sold += copies;
  }
}

function name(row: Title, { name, order }: Called): void {
  if (name === '' || order <= row.name_order) return;
  row.name = name;
  row.name_order = order;
}

const unnamed = ({ fair, title }: TitleName): Title => ({ fair, title, lines: 0, sold: 0, name: '', name_order: '' });

const sources = { sale: '1', catalogue: '2' } as const;

/** A catalogue knows a title's name better than a till; among equals the later one by (occurredAt, id). */
export const nameOrder = (
  source: keyof typeof sources,
  { occurredAt, id }: { occurredAt: number; id: string },
): string => `${sources[source]} ${String(occurredAt).padStart(16, '0')} ${id}`;
