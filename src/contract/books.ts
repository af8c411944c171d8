import { z } from 'zod';
import {
  dailyFiguresEvents,
  differenceReasons,
  paymentKinds,
  returnRefusals,
  SaleLine,
  saleRefusals,
  statementRefusals,
  stockKinds,
  stockRefusals,
} from '../../events/books.ts';
import { Copies, line, namelessHint, Reason } from '../../events/fields.ts';
import { Gtin } from '../../events/gtin.ts';
import { amount } from './amounts.ts';
import { Position, refused } from './answers.ts';
import { deviceTimes, ownTimes } from './times.ts';

const recorded = { outcome: z.literal('recorded'), position: Position };

export const StockBody = z
  .strictObject({
    kind: z.enum(stockKinds),
    copies: amount(Copies),
    difference: z
      .enum(differenceReasons)
      .optional()
      .describe('Why a closing count differs from what should be left; kept with the count, which changes no figure'),
    note: line(300).optional().describe(namelessHint),
    ...deviceTimes,
  })
  .refine(({ kind, difference }) => kind === 'counted-out' || difference === undefined, {
    path: ['difference'],
    message: 'belongs to a closing count (counted-out) only',
  });
export const StockRecorded = z.union([z.object(recorded), refused(stockRefusals)]);

const SoldLine = SaleLine.extend({
  gtin: Gtin.nullable().default(null),
  copies: amount(SaleLine.shape.copies),
  paid: amount(SaleLine.shape.paid).describe('Whole đồng really paid for all copies of this line, discount taken off'),
}).refine(({ gtin, code, name }) => gtin !== null || code !== null || name !== '', {
  path: ['gtin'],
  message: 'or a code or a name is needed: which title?',
});
const lines = z.array(SoldLine).min(1).max(100);

export const SaleBody = z.strictObject({ lines, payment: z.enum(paymentKinds), ...deviceTimes });
export const SaleRecorded = z.union([z.object({ ...recorded, copies: z.int(), paid: z.int() }), refused(saleRefusals)]);

/** Copies brought back, and đồng paid back. */
export const ReturnBody = z.strictObject({ lines, reason: Reason.optional(), ...deviceTimes });
export const SaleReturned = z.union([z.object(recorded), refused(returnRefusals)]);

const stated = dailyFiguresEvents.DailyFiguresStated.shape;

/** A unit's net totals of the local day in the path; each may be below 0, where more came back than went out. */
export const StatementBody = z.strictObject({
  copiesSold: amount(stated.copiesSold),
  revenue: amount(stated.revenue),
  copiesDonated: amount(stated.copiesDonated).default(0),
  ...ownTimes,
});
export const StatementRecorded = z.union([z.object(recorded), refused(statementRefusals)]);
