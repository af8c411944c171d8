import type { BookSums } from './book-sums.ts';

/** A title and how many copies of it were sold sale by sale. */
export type Seller = { readonly title: string; readonly sold: number };

/** The titles with most copies sold, at most `limit`; of equals the smaller title, as PostgreSQL orders bytes. */
export function bestSold(sold: BookSums['sold'], limit: number): Seller[] {
  let best: Seller[] = [];
  for (const [title, copies] of sold) {
    const seller = { title, sold: copies };
    const last = best.at(-1);
    if (copies <= 0 || (best.length === limit && last && inOrder(last, seller) < 0)) continue;
    best = [...best, seller].sort(inOrder).slice(0, limit);
  }
  return best;
}

const inOrder = (a: Seller, b: Seller): number => b.sold - a.sold || byBytes(a.title, b.title);

/** The order of UTF-8, which is that of code points. */
function byBytes(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let index = 0; index < end; index += 1) {
    const [one, other] = [a.codePointAt(index) ?? 0, b.codePointAt(index) ?? 0];
    if (one !== other) return one - other;
  }
  return a.length - b.length;
}
