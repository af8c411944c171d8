/** A number in official words, Vietnamese and English. */
export type Words = { readonly vi: string; readonly en: string };

type Relation = 'plain' | 'exactly' | 'nearly' | 'over';

/** An exact integer in digits: 1.523.400 and 1,523,400. */
export const digits = (exact: number): Words => ({
  vi: grouped(BigInt(exact), vietnamese),
  en: grouped(BigInt(exact), english),
});

/** What an exact number is rounded to, and on which side of it the number lies. */
export type Rounded = { readonly relation: Relation; readonly value: bigint };

/**
 * The rounding words of the metric dictionary, made from the exact number in integers:
 * 5.962 → “gần 6.000”, 22 → “trên 20”, 1.523.400 → “trên 1,5 triệu”.
 * @param options.estimate puts *ước* in front
 */
export function roundingWords(exact: number, { estimate }: { readonly estimate: boolean }): Words {
  const { relation, value } = rounded(exact);
  return {
    vi: joined([estimate && 'ước', relationWords[relation].vi, amount(value, vietnamese)]),
    en: joined([estimate && 'estimated', relationWords[relation].en, amount(value, english)]),
  };
}

/**
 * Finds the round number: nearly the next candidate above within 5 %, over the next one below within 15 %, else over the
 * first two digits.
 * @throws RangeError for what is no integer
 */
export function rounded(exact: number): Rounded {
  const n = BigInt(exact);
  if (n < 10n) return { relation: 'plain', value: n };
  const [below, above] = candidatesAround(n);
  if (n === below) return { relation: 'exactly', value: n };
  if (20n * (above - n) <= above) return { relation: 'nearly', value: above };
  if (20n * (n - below) <= 3n * below) return { relation: 'over', value: below };
  const twoDigits = n - (n % (powerOfTen(n) / 10n));
  return { relation: twoDigits === n ? 'exactly' : 'over', value: twoDigits };
}

/** Ten times the leading figures 1; 1,5; 2; 2,5; 3 … 9, and ten again, the first of the next power. */
const tenfoldLeads = [10n, 15n, 20n, 25n, 30n, 40n, 50n, 60n, 70n, 80n, 90n, 100n];

/** The greatest candidate that is not above n, and the next one. */
function candidatesAround(n: bigint): readonly [bigint, bigint] {
  const unit = powerOfTen(n) / 10n;
  const next = tenfoldLeads.findIndex((lead) => lead * unit > n);
  return [(tenfoldLeads[next - 1] ?? 10n) * unit, (tenfoldLeads[next] ?? 100n) * unit];
}

/** The greatest power of ten that is not above n, for n of 1 or more. */
const powerOfTen = (n: bigint): bigint => 10n ** BigInt(n.toString().length - 1);

const relationWords: { readonly [R in Relation]: Words } = {
  plain: { vi: '', en: '' },
  exactly: { vi: 'đạt', en: 'exactly' },
  nearly: { vi: 'gần', en: 'nearly' },
  over: { vi: 'trên', en: 'over' },
};

type Notation = {
  readonly group: string;
  readonly decimal: string;
  readonly million: string;
  readonly billion: string;
};
const vietnamese: Notation = { group: '.', decimal: ',', million: 'triệu', billion: 'tỷ' };
const english: Notation = { group: ',', decimal: '.', million: 'million', billion: 'billion' };

const million = 1_000_000n;
const billion = 1_000_000_000n;

/** A round number has two leading digits at most, so millions and billions need one decimal at most. */
function amount(value: bigint, notation: Notation): string {
  if (value >= billion) return `${tenths(value, billion, notation)} ${notation.billion}`;
  if (value >= million) return `${tenths(value, million, notation)} ${notation.million}`;
  return grouped(value, notation);
}

function tenths(value: bigint, unit: bigint, notation: Notation): string {
  const tenth = (value % unit) / (unit / 10n);
  return `${grouped(value / unit, notation)}${tenth === 0n ? '' : `${notation.decimal}${tenth}`}`;
}

const grouped = (value: bigint, { group }: Notation): string =>
  value
    .toString()
    .replace('-', '−')
    .replaceAll(/\B(?=(\d{3})+$)/g, group);

const joined = (words: readonly (string | false)[]): string =>
  words.filter((word) => word !== false && word !== '').join(' ');
