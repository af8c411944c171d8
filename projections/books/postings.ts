import type { Posting } from '../page-table.ts';
import { bookFlags, bookKindText } from './queries/kinds.ts';
import type { BookFact } from './tables.ts';

/** One of each line of a sale or a return, and one of a stock entry; what is voided is there too, and says so. */
export function postingsOf({ kind, figure, exhibitor, titles, ...fact }: BookFact): Omit<Posting, 'cause' | 'sign'>[] {
  const flagged = fact.is_voided ? 0 : bookFlags.kept;
  const common = { fact: fact.position, at: fact.occurred_at };
  if (titles.length === 0) {
    const text = bookKindText({ kind, figure, exhibitor, title: '' });
    return [{ ...common, kind: text, amounts: [fact.copies, fact.revenue, flagged] }];
  }
  return titles.map(({ title, copies, revenue }) => ({
    ...common,
    kind: bookKindText({ kind, figure, exhibitor, title }),
    amounts: [copies, revenue, flagged],
  }));
}
