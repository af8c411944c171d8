import type { FairEvent } from '../../events/catalogue.ts';
import { total } from './facts.ts';
import { tradeOf } from './trade.ts';

/** Copies of the ten titles that sold most sale by sale, the most first. */
export function recountBestSellers(facts: readonly FairEvent[]): number[] {
  const { sales, returns } = tradeOf(facts);
  const lines = [...sales, ...returns].flatMap(({ type, data }) =>
    data.lines.map(({ gtin, code, name, copies }) => ({
      title: gtin ?? `${data.exhibitor} ${code ?? `name ${name.toLocaleLowerCase('vi')}`}`,
      copies: type === 'SaleRecorded' ? copies : -copies,
    })),
  );
  const titles = Map.groupBy(lines, ({ title }) => title);
  return [...titles.values()]
    .map((sold) => total(sold, ({ copies }) => copies))
    .filter((copies) => copies > 0)
    .sort((a, b) => b - a)
    .slice(0, 10);
}
