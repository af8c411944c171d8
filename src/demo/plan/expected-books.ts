import type { FigureKey } from '../../contract/figures.ts';
import type { Catalogue } from './books/catalogues.ts';
import { counts } from './books/exhibitors.ts';
import type { BooksFact, Statement, StockEntry } from './books/facts.ts';
import type { BooksPlan } from './books/plan-books.ts';
import { type Recorded, recordedIn, recordedOn, totalOf } from './books/recorded.ts';

type Figures = Partial<Record<FigureKey, number>>;

/** What the plan's books must come to. */
export function expectedBooks({ catalogues, facts }: BooksPlan): Figures {
  const recorded = recordedIn(facts);
  const declared = declaredBeyond(facts);
  const displayed = stocked(facts, 'displayed');
  const sold = recorded.copiesSold + declared.copiesSold;
  const donated = recorded.copiesDonated + declared.copiesDonated;
  return {
    ...declaredIn(catalogues.filter(({ exhibitor }) => counts(exhibitor))),
    'copies-displayed': displayed,
    'copies-sold': sold,
    'copies-donated': donated,
    'copies-left': displayed + stocked(facts, 'added') - sold - donated - stocked(facts, 'withdrawn'),
    revenue: recorded.revenue + declared.revenue,
    'revenue-recorded': recorded.revenue,
    'revenue-declared': declared.revenue,
  };
}

function declaredIn(catalogues: readonly Catalogue[]): Figures {
  const lines = catalogues.flatMap(({ upload }) => upload.lines).filter(({ excluded }) => excluded === undefined);
  return {
    titles: new Set(lines.map(({ gtin, code }) => gtin ?? code)).size,
    'catalogue-lines': lines.length,
    'copies-declared': lines.reduce((sum, { copies }) => sum + copies, 0),
  };
}

const stocked = (facts: readonly BooksFact[], kind: StockEntry['stock']): number =>
  facts.reduce(
    (sum, fact) =>
      sum + (fact.kind === 'stock-entry' && fact.stock === kind && fact.means === 'counted' ? fact.copies : 0),
    0,
  );

/** What statements say beyond what was recorded on their day (metric dictionary, “Daily statements”). */
function declaredBeyond(facts: readonly BooksFact[]): Recorded {
  const holding = facts.filter((fact): fact is Statement => fact.kind === 'statement' && fact.holds);
  const beyond = holding.map(({ exhibitor, day, ...stated }) => {
    const recorded = recordedOn(facts, exhibitor.id, day);
    return {
      copiesSold: Math.max(0, stated.copiesSold - recorded.copiesSold),
      revenue: Math.max(0, stated.revenue - recorded.revenue),
      copiesDonated: Math.max(0, stated.copiesDonated - recorded.copiesDonated),
    };
  });
  return totalOf(beyond);
}
