import { type FairDay, fairDays, minutes, momentAt, seconds } from '../calendar.ts';
import type { Chance, NonEmpty } from '../chance.ts';
import type { FixedIds } from '../fixed-ids.ts';
import { type PlanOptions, scaled } from '../options.ts';
import { split } from '../shares.ts';
import type { BooksVoid, Return, Sale, SaleLine } from './facts.ts';
import { pickBooks, type Shelf } from './shelves.ts';
import { undoing } from './undoing.ts';

/** Sales of the acceptance scenario, and the copies in them. */
const salesWanted = 1_500;
const copiesWanted = 3_000;

const mistakeShare = 0.01;
const returnShare = 0.015;

const dayShares: NonEmpty<readonly [FairDay, number]> = [
  [fairDays[0], 46],
  [fairDays[1], 29],
  [fairDays[2], 25],
];
const hours: NonEmpty<readonly [readonly [string, string], number]> = [
  [['08:00', '11:30'], 50],
  [['11:30', '14:00'], 10],
  [['14:00', '18:00'], 25],
  [['18:00', '19:30'], 15],
];
const copiesPerSale: NonEmpty<readonly [copies: number, weight: number]> = [
  [1, 45],
  [2, 30],
  [3, 13],
  [4, 7],
  [6, 5],
];
const payments: NonEmpty<readonly [Sale['payment'], number]> = [
  ['cash', 55],
  ['transfer', 35],
  ['card', 4],
  ['wallet', 6],
];

/** Every sale at the booths, what was undone and what was brought back. */
export function planSales(
  shelves: NonEmpty<Shelf>,
  options: PlanOptions,
  chance: Chance,
  ids: FixedIds,
): (Sale | Return | BooksVoid)[] {
  const count = scaled(options, salesWanted, { least: 20 });
  const weights = Array.from({ length: count }, () => chance.weighted(copiesPerSale));
  const copies = split(scaled(options, copiesWanted, { least: 40 }), weights, { least: 1 });
  const busy: NonEmpty<readonly [Shelf, number]> = [weighed(shelves[0]), ...shelves.slice(1).map(weighed)];
  return copies.flatMap((copies, index) => {
    const sale = planSale({ key: index, copies, shelf: chance.weighted(busy) }, chance, ids);
    return [sale, ...afterwards(sale, chance, ids)];
  });
}

const weighed = (shelf: Shelf): readonly [Shelf, number] => [shelf, shelf.exhibitor.booths];

type Draft = { readonly key: number; readonly copies: number; readonly shelf: Shelf };

function planSale({ key, copies, shelf }: Draft, chance: Chance, ids: FixedIds): Sale {
  const day = chance.weighted(dayShares);
  const [from, to] = chance.weighted(hours);
  const at = chance.between(momentAt(day, from), momentAt(day, to) - 1);
  return {
    kind: 'sale',
    id: ids('sale', key, at),
    at,
    exhibitor: shelf.exhibitor,
    lines: pickBooks(shelf, copies, chance),
    payment: chance.weighted(payments),
    means: 'sold',
  };
}

function afterwards(sale: Sale, chance: Chance, ids: FixedIds): (Sale | Return | BooksVoid)[] {
  if (chance.happens(mistakeShare)) return typedTwice(sale, chance, ids);
  return chance.happens(returnShare) ? broughtBack(sale, chance, ids) : [];
}

/** The same sale typed a second time by mistake, and undone. */
function typedTwice(sale: Sale, chance: Chance, ids: FixedIds): [Sale, BooksVoid] {
  const at = sale.at + seconds(chance.between(20, 120));
  const mistake: Sale = { ...sale, id: ids('sale-mistake', sale.id, at), at, means: 'mistake' };
  const undone = at + minutes(chance.between(1, 12));
  return [mistake, undoing(mistake, undone, ids)];
}

/** One copy of the first title comes back the same day, for what was paid for it. */
function broughtBack(sale: Sale, chance: Chance, ids: FixedIds): Return[] {
  const at = sale.at + minutes(chance.between(10, 70));
  return sale.lines.slice(0, 1).map((line): Return => {
    const back: SaleLine = { ...line, copies: 1, paid: Math.floor(line.paid / line.copies) };
    return { kind: 'return', id: ids('return', sale.id, at), at, exhibitor: sale.exhibitor, sale, lines: [back] };
  });
}
