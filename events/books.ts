import { z } from 'zod';
import { Copies, Dong, Id, line, LocalDay, Reason } from './fields.ts';

/** Copies of one title, known by its barcode, else by the exhibitor's own code, else by its name. */
export const SaleLine = z.strictObject({
  gtin: z
    .string()
    .regex(/^\d{13}$/)
    .nullable()
    .default(null),
  code: line(40).nullable().default(null),
  name: line(300, 0).default(''),
  copies: z.int().min(1).max(100_000),
  /** Whole đồng really paid for all copies of this line, discount taken off. */
  paid: Dong,
});

export const paymentKinds = ['cash', 'transfer', 'card', 'wallet'] as const;
export const stockKinds = ['displayed', 'added', 'withdrawn', 'donated', 'counted-out'] as const;
export const differenceReasons = [
  'gift',
  'discount-error',
  'set-aside',
  'taken-not-paid',
  'forgotten-box',
  'miscount',
  'damage',
  'theft',
] as const;

/** A net total of a day; returns may outweigh sales. */
const NetCopies = z.int().min(-10_000_000).max(10_000_000);

/** Why a fact about books is refused; each list is closed. */
export const saleRefusals = ['fair-closed'] as const;
export const returnRefusals = ['fair-closed', 'sale-voided', 'more-than-sold', 'more-than-paid'] as const;
export const stockRefusals = ['fair-closed'] as const;
export const statementRefusals = ['fair-closed', 'not-a-day-of-the-fair', 'day-not-begun'] as const;

export const saleEvents = {
  SaleRecorded: z.strictObject({
    sale: Id,
    exhibitor: Id,
    lines: z.array(SaleLine).min(1).max(100),
    payment: z.enum(paymentKinds),
  }),
  /** Copies brought back and đồng paid back; its day is its own. */
  SaleReturned: z.strictObject({
    sale: Id,
    return: Id,
    exhibitor: Id,
    lines: z.array(SaleLine).min(1).max(100),
    reason: Reason.optional(),
  }),
};

export const stockEvents = {
  StockRecorded: z.strictObject({
    entry: Id,
    exhibitor: Id,
    kind: z.enum(stockKinds),
    copies: Copies,
    /** Why a closing count differs from what should be left. */
    difference: z.enum(differenceReasons).optional(),
    note: line(300).optional(),
  }),
};

export const dailyFiguresEvents = {
  /** A unit's net totals of one local day; the latest by (occurredAt, id) counts. */
  DailyFiguresStated: z.strictObject({
    statement: Id,
    exhibitor: Id,
    day: LocalDay,
    copiesSold: NetCopies,
    revenue: z.int().min(-1_000_000_000_000).max(1_000_000_000_000),
    copiesDonated: NetCopies,
  }),
};
