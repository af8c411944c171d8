import type { DataOf, ProjectedOf, ProjectedFact } from '../../events/catalogue.ts';
import { localDay } from '../../src/domain/local-time.ts';
import type { BookFact, BookVoid, TitleLine } from './tables.ts';
import { titleOf } from '../../src/domain/title.ts';

/** A sale, a return or a stock entry; undefined for other events. */
export function bookFactOf(event: ProjectedFact): BookFact | undefined {
  switch (event.type) {
    case 'SaleRecorded':
      return { ...common(event), kind: 'sale', id: event.data.sale, ...soldOf(event.data, 1) };
    case 'SaleReturned':
      return {
        ...common(event),
        kind: 'return',
        id: event.data.return,
        sale: event.data.sale,
        ...soldOf(event.data, -1),
      };
    case 'StockRecorded': {
      const { entry, kind, copies } = event.data;
      return {
        ...common(event),
        kind: 'stock-entry',
        id: entry,
        figure: figures[kind],
        copies,
        revenue: 0,
        titles: [],
      };
    }
    default:
      return undefined;
  }
}

/** An undo of one of them; undefined for other events. */
export function bookVoidOf(event: ProjectedFact): BookVoid | undefined {
  if (event.type !== 'FactVoided') return undefined;
  const { kind, target, void: id, sale = null } = event.data;
  if (kind !== 'sale' && kind !== 'return' && kind !== 'stock-entry') return undefined;
  const { fair, actor } = event.meta;
  return { fair, kind, target, id, sale, author_role: actor.role, author_id: actor.id, occurred_at: event.occurredAt };
}

const figures = {
  displayed: 'displayed',
  added: 'added',
  withdrawn: 'withdrawn',
  donated: 'donated',
  'counted-out': 'counted_out',
} as const;

const common = ({
  meta,
  data,
  position,
  occurredAt,
}: ProjectedOf<'SaleRecorded' | 'SaleReturned' | 'StockRecorded'>) => ({
  fair: meta.fair,
  exhibitor: data.exhibitor,
  position,
  day: localDay(occurredAt),
  occurred_at: occurredAt,
  author_role: meta.actor.role,
  author_id: meta.actor.id,
  sale: null,
  is_voided: false,
});

/** A sale counts by what was taken, a return takes as much away again. */
function soldOf({ exhibitor, lines }: Pick<DataOf<'SaleRecorded'>, 'exhibitor' | 'lines'>, sign: 1 | -1) {
  const titles = lines.map((line): TitleLine => ({
    title: titleOf(exhibitor, line),
    name: line.name,
    copies: sign * line.copies,
    revenue: sign * line.paid,
  }));
  return {
    figure: 'sold' as const,
    copies: sign * lines.reduce((sum, { copies }) => sum + copies, 0),
    revenue: sign * lines.reduce((sum, { paid }) => sum + paid, 0),
    titles,
  };
}
