import { bookFlags, type BookKind, bookKindOf } from '../../../projections/books/queries/kinds.ts';
import type { PostedColumns } from '../../../projections/posted-columns.ts';
import { localDay } from '../../domain/local-time.ts';
import type { Reach } from './reach.ts';

/** What one exhibitor sold and gave away on one local day, sale by sale. */
export type RecordedDay = { copies: number; revenue: number; donated: number };
/** Copies of one exhibitor's stock entries. */
export type StockSum = { displayed: number; added: number; withdrawn: number; counted_out: number };

type Kind = BookKind & { readonly days: Map<string, RecordedDay>; readonly stock: StockSum };

/** Postings of books, added up as far as a look back sees. */
export class BookSums {
  /** By exhibitor, and of each by local day. */
  readonly days = new Map<string, Map<string, RecordedDay>>();
  readonly stock = new Map<string, StockSum>();
  /** Copies sold, by title. */
  readonly sold = new Map<string, number>();
  readonly #kinds = new Map<string, Kind>();
  readonly #reach: Reach;

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  add({ count, cause, at, signedKind, kinds, amounts }: PostedColumns): void {
    const [copies = signedKind, revenue = signedKind, flagged = signedKind] = amounts;
    const known = kinds.map((text) => this.#kindOf(text));
    const { counted, trueAt } = this.#reach;
    for (let index = 0; index < count; index += 1) {
      const when = at[index] ?? 0;
      if ((cause[index] ?? 0) > counted || when > trueAt) continue;
      if (((flagged[index] ?? 0) & bookFlags.kept) === 0) continue;
      const numbered = signedKind[index] ?? 1;
      const kind = known[Math.abs(numbered) - 1];
      const sign = numbered < 0 ? -1 : 1;
      if (kind) this.#post(kind, when, { copies: sign * (copies[index] ?? 0), revenue: sign * (revenue[index] ?? 0) });
    }
  }

  #kindOf(text: string): Kind {
    const known = this.#kinds.get(text);
    if (known) return known;
    const kind = bookKindOf(text);
    const days = within(this.days, kind.exhibitor, () => new Map<string, RecordedDay>());
    const stock = within(this.stock, kind.exhibitor, () => ({ displayed: 0, added: 0, withdrawn: 0, counted_out: 0 }));
    const made = { ...kind, days, stock };
    this.#kinds.set(text, made);
    return made;
  }

  #post(
    { figure, title, days, stock }: Kind,
    when: number,
    { copies, revenue }: { readonly copies: number; readonly revenue: number },
  ): void {
    if (figure === 'sold' || figure === 'donated') {
      const day = within(days, localDay(when), () => ({ copies: 0, revenue: 0, donated: 0 }));
      if (figure === 'donated') day.donated += copies;
      else {
        day.copies += copies;
        day.revenue += revenue;
      }
      if (figure === 'sold' && title !== '') this.sold.set(title, (this.sold.get(title) ?? 0) + copies);
    } else if (figure === 'displayed' || figure === 'added' || figure === 'withdrawn' || figure === 'counted_out') {
      stock[figure] += copies;
    }
  }
}

function within<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
