import type { returnRefusals, saleRefusals } from '../../events/books.ts';
import type { DataOf, EventOf, FairEvent } from '../../events/catalogue.ts';
import { type Decided, type Missed, notFound } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';
import { longBefore } from './place.ts';
import { titleOf } from './title.ts';
import { evolveUndoable, isVoided, nothingUndoable, type Target, type Undoable } from './void.ts';
import type { Wrong } from './wrong-field.ts';

type Line = DataOf<'SaleRecorded'>['lines'][number];
type Returned = DataOf<'SaleReturned'> & { readonly target: Target };

/** One sale with what was brought back of it. A return, or an undo, may be here before the sale itself. */
export type Sale = {
  readonly sold: (DataOf<'SaleRecorded'> & { readonly target: Target }) | null;
  readonly returns: readonly Returned[];
  readonly undoable: Undoable;
};

export const unknownSale: Sale = { sold: null, returns: [], undoable: nothingUndoable };

export function evolveSale(sale: Sale, event: FairEvent): Sale {
  const undoable = evolveUndoable(sale.undoable, event);
  switch (event.type) {
    case 'SaleRecorded':
      return { ...sale, undoable, sold: { ...event.data, target: targetOf(event, 'sale', event.data.sale) } };
    case 'SaleReturned':
      return {
        ...sale,
        undoable,
        returns: [...sale.returns, { ...event.data, target: targetOf(event, 'return', event.data.return) }],
      };
    default:
      return { ...sale, undoable };
  }
}

/** When it happened, in milliseconds since 1970, and at which fair. */
type Circumstances = { readonly fair: OpenFair; readonly occurredAt: number };

/** The books are gone and the money is there: whatever came in before it, a sale is recorded. */
export function recordSale(
  sale: DataOf<'SaleRecorded'>,
  { fair, occurredAt }: Circumstances,
): Decided<'SaleRecorded', (typeof saleRefusals)[number]> | Wrong {
  if (isAfterClosing(fair, occurredAt)) return { refused: 'fair-closed' };
  return longBefore(fair, occurredAt) ?? { type: 'SaleRecorded', data: sale };
}

/**
 * Copies brought back. Where the sale is known, no more of a title can come back than was sold, nor more đồng than
 * were paid for it; a return whose sale has not arrived yet is recorded.
 */
export function recordReturn(
  { sold, returns, undoable }: Sale,
  given: DataOf<'SaleReturned'>,
  { fair, occurredAt }: Circumstances,
): Decided<'SaleReturned', (typeof returnRefusals)[number]> | Missed | Wrong {
  if (sold && sold.exhibitor !== given.exhibitor) return notFound;
  if (isAfterClosing(fair, occurredAt)) return { refused: 'fair-closed' };
  const early = longBefore(fair, occurredAt);
  if (early) return early;
  if (!sold) return { type: 'SaleReturned', data: given };
  if (isVoided(undoable, sold.target)) return { refused: 'sale-voided' };
  const standing = returns.filter(
    ({ exhibitor, target }) => exhibitor === sold.exhibitor && !isVoided(undoable, target),
  );
  const excess = excessOf(sold, { before: standing.flatMap(({ lines }) => lines), now: given.lines });
  return excess ? { refused: excess } : { type: 'SaleReturned', data: given };
}

const targetOf = (
  { meta, occurredAt }: EventOf<'SaleRecorded' | 'SaleReturned'>,
  kind: 'sale' | 'return',
  id: string,
): Target => ({
  kind,
  id,
  actor: meta.actor,
  occurredAt,
});

/** Of the titles that come back now: what came back too much of others, before the sale was known, is not their matter. */
function excessOf(
  { exhibitor, lines }: DataOf<'SaleRecorded'>,
  returned: { readonly before: readonly Line[]; readonly now: readonly Line[] },
): 'more-than-sold' | 'more-than-paid' | undefined {
  const of = totalsByTitle(exhibitor, lines);
  const all = totalsByTitle(exhibitor, [...returned.before, ...returned.now]);
  const titles = [...totalsByTitle(exhibitor, returned.now).keys()].map((title) => ({
    back: all.get(title) ?? nothing,
    sold: of.get(title) ?? nothing,
  }));
  if (titles.some(({ back, sold }) => back.copies > sold.copies)) return 'more-than-sold';
  return titles.some(({ back, sold }) => back.paid > sold.paid) ? 'more-than-paid' : undefined;
}

type Totals = { readonly copies: number; readonly paid: number };
const nothing: Totals = { copies: 0, paid: 0 };

function totalsByTitle(exhibitor: string, lines: readonly Line[]): Map<string, Totals> {
  const totals = new Map<string, Totals>();
  for (const line of lines) {
    const title = titleOf(exhibitor, line);
    const before = totals.get(title) ?? nothing;
    totals.set(title, { copies: before.copies + line.copies, paid: before.paid + line.paid });
  }
  return totals;
}
