import type { CatalogueLine } from '../../../../events/catalogue-upload.ts';
import { gtinCheckDigit } from '../../../../events/gtin.ts';
import type { Chance } from '../chance.ts';
import { familyNames, genres, givenNames, middleNames, subjects, themes } from './words.ts';

/** A book as every exhibitor who has it lists it. */
export type Title = Omit<CatalogueLine, 'line' | 'copies' | 'excluded'>;

/** Groups of ISBNs: Vietnam's, and for imported books English, by their share. */
const vietnamese = '978604';
const english = '978019';
const importedShare = 0.04;
const priceStep = 1_000;

/** Invented books with valid ISBN-13s, no two alike. */
export const inventTitles = (count: number, chance: Chance): Title[] =>
  Array.from({ length: count }, (_, index) => inventTitle(index, chance));

function inventTitle(index: number, chance: Chance): Title {
  const imported = chance.happens(importedShare);
  const twelve = `${imported ? english : vietnamese}${String(index).padStart(6, '0')}`;
  const genre = chance.weighted(genres);
  return {
    name: `${chance.pick(subjects)} ${chance.pick(themes)}, tập ${1 + (index % 12)}`,
    author: `${chance.pick(familyNames)} ${chance.pick(middleNames)} ${chance.pick(givenNames)}`,
    publisher: '',
    year: 2022 - Math.floor(chance.fraction() ** 2 * 15),
    gtin: twelve + gtinCheckDigit(twelve),
    code: null,
    genre,
    listPrice: priceStep * chance.between(imported ? 180 : 25, imported ? 450 : 140),
    language: imported ? 'en' : 'vi',
    origin: imported ? 'imported' : 'domestic',
  };
}

/** A print that has no ISBN and goes under a code of the exhibitor's own. */
export const ownTitle = (code: string, chance: Chance): Title => ({
  name: `Tranh in ${chance.pick(themes)}`,
  author: '',
  publisher: '',
  year: null,
  gtin: null,
  code,
  genre: 'Văn hóa – lịch sử',
  listPrice: priceStep * chance.between(15, 90),
  language: 'vi',
  origin: 'domestic',
});
