import { byMoment } from '../calendar.ts';
import { Chance } from '../chance.ts';
import type { FixedIds } from '../fixed-ids.ts';
import type { PlanOptions } from '../options.ts';
import { type Booth, planBooths } from './booths.ts';
import { type Catalogue, planCatalogues } from './catalogues.ts';
import { counts, type Exhibitor, planExhibitors } from './exhibitors.ts';
import type { BooksFact } from './facts.ts';
import { recordedIn } from './recorded.ts';
import { planSales } from './sales.ts';
import { shelfOf } from './shelves.ts';
import { planStatements } from './statements.ts';
import { planStock } from './stock.ts';
import { planStocks } from './stocks.ts';

export type BooksPlan = {
  /** Everybody who applied. */
  readonly exhibitors: readonly Exhibitor[];
  readonly booths: readonly Booth[];
  readonly catalogues: readonly Catalogue[];
  /** In the order in which they really happened. */
  readonly facts: readonly BooksFact[];
};

/** Everybody who has a booth, the books they bring, and what becomes of those. */
export function planBooks(options: PlanOptions, ids: FixedIds): BooksPlan {
  const chance = new Chance(options.seed, 'books');
  const exhibitors = planExhibitors(chance, ids);
  const stocks = planStocks(exhibitors, options, new Chance(options.seed, 'titles'));
  const catalogues = planCatalogues(stocks, options, chance, ids);
  const [first, ...others] = catalogues.filter(({ exhibitor }) => counts(exhibitor)).map(shelfOf);
  if (!first) throw new Error('somebody is at every planned fair');
  const sales = planSales([first, ...others], options, chance, ids);
  const moved = [first, ...others].flatMap((shelf) => {
    const own = sales.filter(({ exhibitor }) => exhibitor.id === shelf.exhibitor.id);
    const stock = planStock(shelf, recordedIn(own).copiesSold, chance, ids);
    return [...own, ...stock, ...planStatements(shelf.exhibitor, [...own, ...stock], chance, ids)];
  });
  return { exhibitors, booths: planBooths(exhibitors, ids), catalogues, facts: moved.sort(byMoment) };
}
