import type { QueryExecutorProvider } from 'kysely';
import type { FoldStart } from '../projection.ts';
import { Rows } from '../rows.ts';
import { type Title, titles } from './tables.ts';

type TitleName = Pick<Title, 'fair' | 'title'>;
type Called = { readonly name: string; readonly order: string };

/** Titles across all exhibitors, in the lines of catalogues and in sales. */
export class TitleRows {
  readonly #rows: Rows<Title, 'fair' | 'title'>;

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
    const row = this.#rows.touch(title, () => unnamed(title));
    row.sold += copies;
    if (called && !row.name_order.startsWith(sources.catalogue))
      name(row, { name: called.name, order: called.order() });
  }

  /** Of several names for a title the one with the greatest order holds, whichever came first. */
  call(title: TitleName, called: Called): void {
    name(
      this.#rows.touch(title, () => unnamed(title)),
      called,
    );
  }

  save(db: QueryExecutorProvider): Promise<void> {
    return this.#rows.save(db);
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
