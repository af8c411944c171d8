import type { Chance } from '../chance.ts';
import { bacNinh2022, type PlanOptions } from '../options.ts';
import { split } from '../shares.ts';
import { counts, type Exhibitor, wasApproved } from './exhibitors.ts';
import { inventTitles, ownTitle, type Title } from './titles.ts';

/** The books an exhibitor lists, each once. */
export type Stock = { readonly exhibitor: Exhibitor; readonly titles: readonly Title[] };

/** Lines of the acceptance scenario; fewer where there are fewer copies, since each line has one at least. */
const linesWanted = 100_000;
const ownShare = 0.005;
/** Titles of publishers that are not at the fair, for each of one that is. */
const othersShare = 0.2;

/** Publishers bring books of their own, distributors and bookshops anybody's: that is where titles overlap. */
export function planStocks(exhibitors: readonly Exhibitor[], options: PlanOptions, chance: Chance): Stock[] {
  const sized = sizesOf(exhibitors.filter(wasApproved), options, chance);
  const publishers = sized.filter(({ exhibitor }) => exhibitor.form.kind === 'publisher');
  const published = publishers.reduce((sum, { size }) => sum + size, 0);
  const titles = inventTitles(Math.ceil(published * (1 + othersShare)), chance);
  let next = 0;
  const own = publishers.map(({ exhibitor, size }) => ({ exhibitor, titles: titles.slice(next, (next += size)) }));
  const market = chance.shuffled(titles);
  const bought = sized
    .filter(({ exhibitor }) => exhibitor.form.kind !== 'publisher')
    .map(({ exhibitor, size }) => ({
      exhibitor,
      titles: roundFrom(market, chance.between(0, market.length - 1), size),
    }));
  return [...own, ...bought].map((stock, index) => withOwnPrints(stock, index, chance));
}

type Sized = { readonly exhibitor: Exhibitor; readonly size: number };

/** The lines of those that count add up; those of the others come on top. */
function sizesOf(exhibitors: readonly Exhibitor[], options: PlanOptions, chance: Chance): Sized[] {
  const counting = exhibitors.filter(counts);
  const lines = Math.max(counting.length, Math.round((linesWanted * options.copies) / bacNinh2022.copies));
  const weights = counting.map(({ booths }) => booths * chance.between(70, 130));
  const sizes = split(lines, weights, { least: 1 });
  const others = exhibitors.filter((exhibitor) => !counts(exhibitor));
  return [
    ...counting.map((exhibitor, index) => ({ exhibitor, size: sizes[index] ?? 1 })),
    ...others.map((exhibitor) => ({ exhibitor, size: Math.ceil(lines / 60) })),
  ];
}

/** `size` items from a place on, round and round. */
const roundFrom = <Item>(items: readonly Item[], start: number, size: number): Item[] =>
  [...items.slice(start), ...items.slice(0, start)].slice(0, size);

function withOwnPrints({ exhibitor, titles }: Stock, index: number, chance: Chance): Stock {
  const prints = Math.floor(titles.length * ownShare);
  const own = Array.from({ length: prints }, (_, print) =>
    ownTitle(`TR${String(index + 1).padStart(2, '0')}-${print + 1}`, chance),
  );
  return { exhibitor, titles: [...own, ...titles.slice(prints)] };
}
