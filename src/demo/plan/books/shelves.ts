import type { CatalogueLine } from '../../../../events/catalogue-upload.ts';
import type { Chance, NonEmpty } from '../chance.ts';
import { split } from '../shares.ts';
import type { Catalogue } from './catalogues.ts';
import type { Exhibitor } from './exhibitors.ts';
import type { SaleLine } from './facts.ts';

/** What lies at an exhibitor's booths, the largest piles first. */
export type Shelf = { readonly exhibitor: Exhibitor; readonly lines: readonly CatalogueLine[] };

const discountsPercent: NonEmpty<readonly [percent: number, weight: number]> = [
  [0, 30],
  [10, 30],
  [20, 25],
  [30, 15],
];
/** The part of the shelf with enough copies of a title for anybody who comes. */
const piledShare = 0.4;
const titlesPerSale: NonEmpty<readonly [titles: number, weight: number]> = [
  [1, 60],
  [2, 30],
  [3, 10],
];

export const shelfOf = ({ exhibitor, upload }: Catalogue): Shelf => ({
  exhibitor,
  lines: upload.lines.filter(({ excluded }) => excluded === undefined).sort((a, b) => b.copies - a.copies),
});

/** So many copies of one to three titles, large piles sooner than small ones, and what was paid for them. */
export function pickBooks({ lines }: Shelf, copies: number, chance: Chance): SaleLine[] {
  const titles = Math.min(copies, lines.length, chance.weighted(titlesPerSale));
  const picked = new Set<number>();
  while (picked.size < titles)
    picked.add(Math.floor(chance.fraction() ** 4 * Math.max(titles, lines.length * piledShare)));
  const each = split(
    copies,
    Array.from(picked, () => 1),
    { least: 1 },
  );
  const percent = chance.weighted(discountsPercent);
  return Array.from(picked).flatMap((place, index) => {
    const line = lines[place];
    const copies = each[index] ?? 1;
    return line ? [sold(line, { copies, percent })] : [];
  });
}

const sold = (
  { gtin, code, name, listPrice }: CatalogueLine,
  { copies, percent }: { readonly copies: number; readonly percent: number },
): SaleLine => ({ gtin, code, name, copies, paid: Math.round((listPrice * copies * (100 - percent)) / 100) });
