import { bookFlags, bookKindOf, titleAt } from '../../../projections/books/queries/kinds.ts';
import type { PostedColumns } from '../../../projections/posted-columns.ts';
import { localDay } from '../../domain/local-time.ts';
import type { Reach } from './reach.ts';
import { SoldByTitle } from './sold-by-title.ts';

/** What one exhibitor sold and gave away on one local day, sale by sale. */
export type RecordedDay = { copies: number; revenue: number; donated: number };
/** Copies of one exhibitor's stock entries. */
export type StockSum = { displayed: number; added: number; withdrawn: number; counted_out: number };

/** What facts of one exhibitor and figure add to, whatever their titles. */
type Account = {
  /** What the texts of their kinds begin with. */
  readonly name: string;
  readonly figure: string;
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
  /** Found last under each hash: a text cut out of half a million others is dear to look up. */
  readonly #nearby: (Account | undefined)[] = Array.from({ length: hashes }, () => undefined);
  readonly #reach: Reach;

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  add({ count, cause, at, signedKind, kinds, amounts }: PostedColumns): void {
    const [copies = signedKind, revenue = signedKind, flagged = signedKind] = amounts;
    const titlesAt = kinds.map(titleAt);
    const accounts = kinds.map((text, kind) => this.#accountOf(text, titlesAt[kind] ?? 0));
    // Nearly every kind of a page has a title of its own, so that titles are added up page by page.
    const sold = new Float64Array(kinds.length);
    const { counted, trueAt } = this.#reach;
    for (let index = 0; index < count; index += 1) {
      const when = at[index] ?? 0;
      if ((cause[index] ?? 0) > counted || when > trueAt) continue;
      if (((flagged[index] ?? 0) & bookFlags.kept) === 0) continue;
      const numbered = signedKind[index] ?? 1;
      const kind = Math.abs(numbered) - 1;
      const account = accounts[kind];
      if (!account) continue;
      const sign = numbered < 0 ? -1 : 1;
      const signed = sign * (copies[index] ?? 0);
      post(account, when, { copies: signed, revenue: sign * (revenue[index] ?? 0) });
      if (account.figure === 'sold') sold[kind] = (sold[kind] ?? 0) + signed;
    }
    for (const [kind, text] of kinds.entries())
      if (sold[kind] !== 0) this.sold.add(text, titlesAt[kind] ?? 0, sold[kind] ?? 0);
  }

  #accountOf(text: string, end: number): Account {
    const place = hashBefore(text, end);
    const near = this.#nearby[place];
    if (near && near.name.length === end && text.startsWith(near.name)) return near;
    const name = text.slice(0, end);
    const account = this.#accounts.get(name) ?? this.#opened(name);
    this.#nearby[place] = account;
    return account;
  }

  #opened(name: string): Account {
    const { figure, exhibitor } = bookKindOf(name);
    const days = within(this.days, exhibitor, () => new Map<string, RecordedDay>());
    const stock = within(this.stock, exhibitor, () => ({ displayed: 0, added: 0, withdrawn: 0, counted_out: 0 }));
    const made = { name, figure, days, stock };
    this.#accounts.set(name, made);
    return made;
  }
}

const hashes = 4096;

/** Of the last characters before a place, and the first one of all. */
function hashBefore(text: string, end: number): number {
  let hash = text.charCodeAt(0);
  for (let index = Math.max(0, end - 9); index < end; index += 1) hash = (31 * hash + text.charCodeAt(index)) | 0;
  return hash & (hashes - 1);
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
