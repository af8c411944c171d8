import type { Posting } from '../page-table.ts';
import { barcodeNumber } from './queries/barcodes.ts';
import { bookFlags, bookKindText } from './queries/kinds.ts';
import type { BookFact } from './tables.ts';

/** One of each line of a sale or a return, and one of a stock entry; what is voided is there too, and says so. */
export function postingsOf({ kind, figure, exhibitor, titles, ...fact }: BookFact): Omit<Posting, 'cause' | 'sign'>[] {
  const flagged = fact.is_voided ? 0 : bookFlags.kept;
  const common = { fact: fact.position, at: fact.occurred_at };
  const untitled = bookKindText({ kind, figure, exhibitor, title: '' });
  if (titles.length === 0) return [{ ...common, kind: untitled, amounts: [fact.copies, fact.revenue, 0, flagged] }];
  return titles.map(({ title, copies, revenue }) => {
    const barcode = barcodeNumber(title);
    const text = barcode === 0 ? bookKindText({ kind, figure, exhibitor, title }) : untitled;
    return { ...common, kind: text, amounts: [copies, revenue, barcode, flagged] };
  });
}
