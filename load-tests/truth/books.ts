import type { SaleLine } from '../plan/facts.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { Expected } from './expected.ts';

/** What the books of all exhibitors come to: net of what came back, without what was undone. */
export function expectedBooks(facts: readonly Acknowledged[], isVoided: (id: string) => boolean): Expected {
  const standing = facts.map(({ fact }) => fact).filter(({ id }) => !isVoided(id));
  const sales = standing.filter((fact) => fact.kind === 'sale');
  const returns = standing.filter((fact) => fact.kind === 'return');
  const stock = standing.filter((fact) => fact.kind === 'stock-entry');
  const net = (amount: (line: SaleLine) => number) =>
    sum(sales.flatMap(({ lines }) => lines).map(amount)) - sum(returns.flatMap(({ lines }) => lines).map(amount));
  const moved = (kind: string) => sum(stock.filter((entry) => entry.stock === kind).map(({ copies }) => copies));
  const sold = net(({ copies }) => copies);
  const displayed = moved('displayed');
  const donated = moved('donated');
  const revenue = net(({ paid }) => paid);
  const ofStock = (...kinds: readonly string[]) =>
    stock.filter((entry) => kinds.includes(entry.stock)).map(({ id }) => id);
  const traded = [...sales, ...returns].map(({ id }) => id);
  return {
    figures: {
      'copies-sold': sold,
      revenue,
      'revenue-recorded': revenue,
      'copies-displayed': displayed,
      'copies-donated': donated,
      'copies-left': displayed + moved('added') - sold - donated - moved('withdrawn'),
    },
    behind: {
      'copies-sold': traded,
      revenue: traded,
      'copies-displayed': ofStock('displayed'),
      'copies-donated': ofStock('donated'),
      'copies-left': [...traded, ...stock.map(({ id }) => id)],
    },
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
