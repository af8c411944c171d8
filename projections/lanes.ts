import type { EventType } from '../events/catalogue.ts';
import { attendance } from './attendance/project.ts';
import { books } from './books/project.ts';
import { desk } from './desk/project.ts';
import { exhibitors } from './exhibitors/project.ts';
import { fairs } from './fairs/project.ts';
import { journalAbout } from './journal/project.ts';
import type { Projection } from './projection.ts';

/** Projections that one thread folds while others fold theirs, and the events that it reads for that. */
export type Lane = {
  readonly projections: readonly Projection[];
  readonly types: { readonly only: readonly EventType[] } | { readonly allBut: readonly EventType[] };
};

/** Of no meaning but for books, and a third of a fair's events. */
const booksAlone: readonly EventType[] = [
  'SaleRecorded',
  'SaleReturned',
  'StockRecorded',
  'CatalogueChunkUploaded',
  'CatalogueUploaded',
];

/** Which else say something of books. */
const booksToo: readonly EventType[] = [
  'FactVoided',
  'DailyFiguresStated',
  'ApplicationApproved',
  'ApplicationDeclined',
  'ApplicationWithdrawn',
  'ApplicationCancelled',
  'ExhibitorAbsent',
];

const closings: readonly EventType[] = ['FiguresClosed', 'FiguresReopened'];

/**
 * All projections, divided so that two threads have about as much to do. What no lane knows is read by the first one,
 * which ends with an error then.
 */
export const lanes: readonly Lane[] = [
  {
    projections: [fairs, attendance, exhibitors, desk, journalAbout((type) => !booksAlone.includes(type))],
    types: { allBut: booksAlone },
  },
  {
    projections: [books, journalAbout((type) => booksAlone.includes(type))],
    types: { only: [...booksAlone, ...booksToo, ...closings] },
  },
];
