import type { CatalogueLine } from '../../../../events/catalogue-upload.ts';
import { morning } from '../calendar.ts';
import type { Chance } from '../chance.ts';
import type { FixedIds } from '../fixed-ids.ts';
import type { PlanOptions } from '../options.ts';
import { split } from '../shares.ts';
import { counts, type Exhibitor } from './exhibitors.ts';
import type { Stock } from './stocks.ts';

/** One upload of a catalogue (danh mục xuất bản phẩm). */
export type Upload = { readonly id: string; readonly lines: readonly CatalogueLine[] };

/** `replaced` came first, incomplete; `upload` is the latest and holds. */
export type Catalogue = { readonly exhibitor: Exhibitor; readonly upload: Upload; readonly replaced: Upload | null };

const leftOutShare = 0.001;
const replacedShare = 0.1;

/** Catalogues that declare exactly `options.copies`, lines left out and exhibitors that do not count aside. */
export function planCatalogues(
  stocks: readonly Stock[],
  options: PlanOptions,
  chance: Chance,
  ids: FixedIds,
): Catalogue[] {
  const counting = stocks.filter(({ exhibitor }) => counts(exhibitor)).flatMap(({ titles }) => titles);
  // Most titles lie there in a few copies, some in piles.
  const weights = counting.map(() => 3 + chance.fraction() ** 3 * 80);
  const copies = split(options.copies, weights, { least: 1 }).values();
  return stocks.map(({ exhibitor, titles }) => {
    const copiesOf = () => (counts(exhibitor) ? copies.next().value : undefined) ?? chance.between(1, 30);
    const listed = titles.map((title, index): CatalogueLine => ({ ...title, line: index + 1, copies: copiesOf() }));
    const lines = [...listed, ...leftOut(listed, chance)];
    const replaced = { id: ids('first-upload', exhibitor.id, morning), lines: listed.slice(0, 150) };
    return {
      exhibitor,
      upload: { id: ids('upload', exhibitor.id, morning), lines },
      replaced: chance.happens(replacedShare) ? replaced : null,
    };
  });
}

/** Lines that the review left out of the frozen catalogue: they are in the upload, and in no figure. */
function leftOut(listed: readonly CatalogueLine[], chance: Chance): CatalogueLine[] {
  const count = Math.floor(listed.length * leftOutShare);
  return Array.from({ length: count }, (_, index) => ({
    line: listed.length + index + 1,
    name: `Sách nhập khẩu ${index + 1}`,
    author: '',
    publisher: '',
    year: null,
    gtin: null,
    code: `NK-${index + 1}`,
    genre: '',
    listPrice: 200_000,
    copies: chance.between(1, 20),
    language: 'en',
    origin: 'imported',
    excluded: 'Chưa có giấy phép nhập khẩu',
  }));
}
