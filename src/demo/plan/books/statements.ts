import { fairDays, minutes, momentAt } from '../calendar.ts';
import type { Chance } from '../chance.ts';
import type { FixedIds } from '../fixed-ids.ts';
import type { Exhibitor } from './exhibitors.ts';
import type { BooksFact, Statement } from './facts.ts';
import { recordedOn } from './recorded.ts';

const statedShare = 0.65;
const correctedShare = 0.15;
const copyPrice = 60_000;

/**
 * Daily statements: net totals of the day, never below what was recorded that day, and a little above it where
 * something was sold or given away without being recorded.
 */
export function planStatements(
  exhibitor: Exhibitor,
  facts: readonly BooksFact[],
  chance: Chance,
  ids: FixedIds,
): Statement[] {
  return fairDays
    .filter(() => chance.happens(statedShare))
    .flatMap((day) => {
      const recorded = recordedOn(facts, exhibitor.id, day);
      const unrecorded = chance.happens(0.5) ? chance.between(1, 6) : 0;
      const at = momentAt(day, '20:50') + minutes(chance.between(0, 9));
      const statement: Statement = {
        kind: 'statement',
        id: ids('statement', `${exhibitor.id} ${day}`, at),
        at,
        exhibitor,
        day,
        copiesSold: recorded.copiesSold + unrecorded,
        revenue: recorded.revenue + unrecorded * copyPrice,
        copiesDonated: recorded.copiesDonated + (chance.happens(0.1) ? 1 : 0),
        holds: true,
      };
      return chance.happens(correctedShare) ? [tooHigh(statement, ids), statement] : [statement];
    });
}

/** The first try had the day's copies wrong; it was stated half an hour before the one that holds. */
function tooHigh(statement: Statement, ids: FixedIds): Statement {
  const at = statement.at - minutes(30);
  return {
    ...statement,
    id: ids('first-statement', statement.id, at),
    at,
    copiesSold: statement.copiesSold + 40,
    holds: false,
  };
}
