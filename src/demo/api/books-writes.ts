import type { BooksFact } from '../plan/books/facts.ts';
import type { Sending } from './gate-writes.ts';
import type { Write } from './write.ts';

/** What an exhibitor's phone sends of its books. */
export function booksWrite(fact: BooksFact, sending: Pick<Sending, 'times'>): Write {
  const { id } = fact;
  const exhibitor = fact.exhibitor.id;
  const times = sending.times(fact);
  switch (fact.kind) {
    case 'sale':
      return { kind: 'sale', id, exhibitor, body: { lines: fact.lines, payment: fact.payment, ...times } };
    case 'return':
      return { kind: 'return', id, exhibitor, sale: fact.sale.id, body: { lines: fact.lines, ...times } };
    case 'stock-entry': {
      const { stock, copies, difference } = fact;
      const body = { kind: stock, copies, ...(difference === undefined ? {} : { difference }), ...times };
      return { kind: 'stock-entry', id, exhibitor, body };
    }
    case 'books-void': {
      const { of, reason } = fact;
      return { kind: 'void', id, body: { kind: of.kind, id: of.id, exhibitor, reason, ...times } };
    }
    case 'statement': {
      const { day, copiesSold, revenue, copiesDonated } = fact;
      return { kind: 'statement', id, exhibitor, date: day, body: { copiesSold, revenue, copiesDonated, ...times } };
    }
  }
}
