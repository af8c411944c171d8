import type { QueryExecutorProvider } from 'kysely';
import type { FoldStart } from '../projection.ts';
import { Rows } from '../rows.ts';
import { type Title, titles } from './tables.ts';

type TitleName = Pick<Title, 'fair' | 'title'>;

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
    const before = this.#rowOf(name);
    const after = { ...before, lines: before.lines + lines };
    this.#rows.put(after);
    return Math.sign(after.lines) - Math.sign(before.lines);
  }

  addSold(name: TitleName, copies: number): void {
    const before = this.#rowOf(name);
    this.#rows.put({ ...before, sold: before.sold + copies });
  }

  /** Of several names for a title the one with the greatest order holds, whichever came first. */
  call(title: TitleName, { name, order }: { readonly name: string; readonly order: string }): void {
    const before = this.#rowOf(title);
    if (name !== '' && order > before.name_order) this.#rows.put({ ...before, name, name_order: order });
  }

  /** What a till calls a title, which is asked for its order only where no catalogue has named it. */
  callAtTill(title: TitleName, name: string, order: () => string): void {
    if (!this.#rowOf(title).name_order.startsWith(sources.catalogue)) this.call(title, { name, order: order() });
  }

  save(db: QueryExecutorProvider): Promise<void> {
    return this.#rows.save(db);
  }

  #rowOf({ fair, title }: TitleName): Title {
    return this.#rows.one({ fair, title }) ?? { fair, title, lines: 0, sold: 0, name: '', name_order: '' };
  }
}

const sources = { sale: '1', catalogue: '2' } as const;

/** A catalogue knows a title's name better than a till; among equals the later one by (occurredAt, id). */
export const nameOrder = (
  source: keyof typeof sources,
  { occurredAt, id }: { occurredAt: number; id: string },
): string => `${sources[source]} ${String(occurredAt).padStart(16, '0')} ${id}`;
