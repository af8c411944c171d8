import type { Collected } from './collect.ts';
import { unitOf } from '../domain/province.ts';
import { digits, roundingWords, type Words } from '../domain/rounding.ts';
import type { Values } from './values.ts';

/** Organisations of the book trade, which the sentence counts; libraries and schools have figures of their own. */
const trade: readonly string[] = ['publisher', 'distributor', 'bookshop'];

type Trade = {
  readonly present: number;
  readonly inside: number;
  readonly outside: number;
  /** What the host is. */
  readonly host: ReturnType<typeof unitOf>;
};

/** The book trade's organisations that are present, inside the host province or city and outside it. */
export function tradeOf({ organisations, counting }: Collected): Trade {
  const present = organisations.filter(({ kind }) => trade.includes(kind));
  const inside = present.filter(({ province }) => province === counting.province);
  const count = (rows: typeof present) => rows.reduce((total, row) => total + row.present, 0);
  return {
    present: count(present),
    inside: count(inside),
    outside: count(present) - count(inside),
    host: unitOf(counting.province),
  };
}

/**
 * The sentence the platform exists to produce, from the exact figures: “gần 6.000 lượt người tham gia, trên 20 đơn vị
 * xuất bản, phát hành lớn trong và ngoài tỉnh tham gia với trên 1,5 triệu bản sách”. A part whose figure is 0 is left out.
 */
export function sentenceOf(values: Pick<Values, 'visits' | 'copies-declared'>, trade: Trade): Words {
  const visits = values.visits ?? 0;
  const copies = values['copies-declared'] ?? 0;
  const organisations = trade.present;
  if (visits <= 0 && organisations === 0 && copies === 0) return nothingYet;
  return {
    vi: vietnamese({ visits, organisations, copies }, trade),
    en: english({ visits, organisations, copies }, trade),
  };
}

const nothingYet: Words = { vi: 'chưa có số liệu', en: 'no figures yet' };

type Parts = { readonly visits: number; readonly organisations: number; readonly copies: number };

function vietnamese({ visits, organisations, copies }: Parts, trade: Trade): string {
  const words = (exact: number) => roundingWords(exact, { estimate: false }).vi;
  // “Đạt” opens a sentence; after “với”, or before those who take part, a bare number is the exact one.
  const within = (exact: number) => words(exact).replace(/^đạt /, '');
  const books = copies > 0 && `${within(copies)} bản sách`;
  const joined =
    organisations > 0 && `${within(organisations)} đơn vị xuất bản, phát hành lớn ${placesVi(trade)} tham gia`;
  return [
    visits > 0 && `${words(visits)} lượt người tham gia`,
    joined && books ? `${joined} với ${books}` : joined || (books && `${books} đăng ký`),
  ]
    .filter(Boolean)
    .join(', ');
}

function english({ visits, organisations, copies }: Parts, trade: Trade): string {
  const words = (exact: number) => roundingWords(exact, { estimate: false }).en;
  const books = copies > 0 && `${words(copies)} ${copies === 1 ? 'book copy' : 'book copies'}`;
  const joined =
    organisations > 0 &&
    `${words(organisations)} major publishing and book distribution ${organisations === 1 ? 'organisation' : 'organisations'} from ${placesEn(trade)}`;
  return [
    visits > 0 && `${words(visits)} ${visits === 1 ? 'visit' : 'visits'}`,
    joined && books ? `${joined} with ${books}` : joined || (books && `${books} declared`),
  ]
    .filter(Boolean)
    .join(', ');
}

function placesVi({ inside, outside, host }: Trade): string {
  const unit = host === 'city' ? 'thành phố' : 'tỉnh';
  if (inside > 0 && outside > 0) return `trong và ngoài ${unit}`;
  return inside > 0 ? `trong ${unit}` : `ngoài ${unit}`;
}

function placesEn({ inside, outside, host }: Trade): string {
  if (inside > 0 && outside > 0) return `inside and outside the ${host}`;
  return inside > 0 ? `inside the ${host}` : `outside the ${host}`;
}

/** “ít nhất 4.812 người”: groups and walk-ins cannot be told apart, so people are never stated as more than a bound. */
export const atLeastPeople = (exact: number): Words => ({
  vi: `ít nhất ${digits(exact).vi} người`,
  en: `at least ${digits(exact).en} ${exact === 1 ? 'person' : 'people'}`,
});
