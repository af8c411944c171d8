import type { differenceReasons, paymentKinds, saleEvents, stockKinds } from '../../../../events/books.ts';
import type { z } from 'zod';
import type { FairDay } from '../calendar.ts';
import type { Exhibitor } from './exhibitors.ts';

export type SaleLine = z.infer<(typeof saleEvents)['SaleRecorded']>['lines'][number];

/** `at` is the true moment in ms; the clock of the exhibitor's phone may show another. */
type Happening = { readonly id: string; readonly at: number; readonly exhibitor: Exhibitor };

export type Sale = Happening & {
  readonly kind: 'sale';
  readonly lines: readonly SaleLine[];
  readonly payment: (typeof paymentKinds)[number];
  /** A mistake is voided afterwards and counts nowhere. */
  readonly means: 'sold' | 'mistake';
};
export type Return = Happening & { readonly kind: 'return'; readonly sale: Sale; readonly lines: readonly SaleLine[] };
export type StockEntry = Happening & {
  readonly kind: 'stock-entry';
  readonly stock: (typeof stockKinds)[number];
  readonly copies: number;
  readonly difference?: (typeof differenceReasons)[number];
  readonly means: 'counted' | 'mistake';
};
export type BooksVoid = Happening & {
  readonly kind: 'books-void';
  readonly of: Sale | StockEntry;
  readonly reason: string;
};
export type Statement = Happening & {
  readonly kind: 'statement';
  readonly day: FairDay;
  readonly copiesSold: number;
  readonly revenue: number;
  readonly copiesDonated: number;
  /** Whether it is the latest of its exhibitor and day; the others change nothing. */
  readonly holds: boolean;
};

export type BooksFact = Sale | Return | StockEntry | BooksVoid | Statement;
