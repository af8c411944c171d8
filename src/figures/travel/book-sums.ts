import { bookFlags, bookKindOf } from '../../../projections/books/queries/kinds.ts';
import type { PostedColumns } from '../../../projections/posted-columns.ts';
import { localDay } from '../../domain/local-time.ts';
import type { Reach } from './reach.ts';
import { SoldByTitle } from './sold-by-title.ts';

/** What one exhibitor sold and gave away on one local day, sale by sale. */
export type RecordedDay = { copies: number; revenue: number; donated: number };
/** Copies of one exhibitor's stock entries. */
export type StockSum = { displayed: number; added: number; withdrawn: number; counted_out: number };

/** What facts of one exhibitor and figure add to. */
type Account = {
  readonly figure: string;
  /** Of a title that is no barcode; else empty. */
  readonly title: string;
  readonly days: Map<string, RecordedDay>;
  readonly stock: StockSum;
};

/** Postings of books, added up as far as a look back sees. */
export class BookSums {
  /** By exhibitor, and of each by local day. */
  readonly days = new Map<string, Map<string, RecordedDay>>();
  readonly stock = new Map<string, StockSum>();
  /** Copies sold, by title. */
  readonly sold = new SoldByTitle();
  readonly #accounts = new Map<string, Account>();
  readonly #reach: Reach;

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  add({ count, cause, at, signedKind, kinds, amounts }: PostedColumns): void {
    const [copies = signedKind, revenue = signedKind, barcode = signedKind, flagged = signedKind] = amounts;
    const accounts = kinds.map((text) => this.#accountOf(text));
    const { counted, trueAt } = this.#reach;
    for (let index = 0; index < count; index += 1) {
      const when = at[index] ?? 0;
      if ((cause[index] ?? 0) > counted || when > trueAt) continue;
      if (((flagged[index] ?? 0) & bookFlags.kept) === 0) continue;
      const numbered = signedKind[index] ?? 1;
      const account = accounts[Math.abs(numbered) - 1];
      if (!account) continue;
      const sign = numbered < 0 ? -1 : 1;
      const signed = sign * (copies[index] ?? 0);
      post(account, when, { copies: signed, revenue: sign * (revenue[index] ?? 0) });
      if (account.figure === 'sold') this.sold.add(barcode[index] ?? 0, account.title, signed);
    }
  }

  #accountOf(text: string): Account {
    const known = this.#accounts.get(text);
    if (known) return known;
    const { figure, exhibitor, title } = bookKindOf(text);
    const days = within(this.days, exhibitor, () => new Map<string, RecordedDay>());
    const stock = within(this.stock, exhibitor, () => ({ displayed: 0, added: 0, withdrawn: 0, counted_out: 0 }));
    const made = { figure, title, days, stock };
    this.#accounts.set(text, made);
    return made;
  }
}

function post(
  { figure, days, stock }: Account,
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
  } else if (figure === 'displayed' || figure === 'added' || figure === 'withdrawn' || figure === 'counted_out') {
    stock[figure] += copies;
  }
}

function within<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
