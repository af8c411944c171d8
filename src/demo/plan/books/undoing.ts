import type { FixedIds } from '../fixed-ids.ts';
import type { BooksVoid, Sale, StockEntry } from './facts.ts';

/** Takes back what an exhibitor typed twice. @param at the true moment, ms */
export const undoing = (mistake: Sale | StockEntry, at: number, ids: FixedIds): BooksVoid => ({
  kind: 'books-void',
  id: ids('void', mistake.id, at),
  at,
  exhibitor: mistake.exhibitor,
  of: mistake,
  reason: 'Nhập hai lần',
});
