import type { statementRefusals } from '../../events/books.ts';
import type { DataOf } from '../../events/catalogue.ts';
import type { Decided } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';
import { localDay } from './local-time.ts';

/**
 * A unit's net totals of a local day; each may be negative, and a later statement replaces an earlier one
 * (metric dictionary, “Daily statements”).
 * @param circumstances `occurredAt` in milliseconds since 1970
 */
export function stateDailyFigures(
  statement: DataOf<'DailyFiguresStated'>,
  { fair, occurredAt }: { readonly fair: OpenFair; readonly occurredAt: number },
): Decided<'DailyFiguresStated', (typeof statementRefusals)[number]> {
  if (isAfterClosing(fair, occurredAt)) return { refused: 'fair-closed' };
  if (!fair.settings.days.includes(statement.day)) return { refused: 'not-a-day-of-the-fair' };
  if (localDay(occurredAt) < statement.day) return { refused: 'day-not-begun' };
  return { type: 'DailyFiguresStated', data: statement };
}
