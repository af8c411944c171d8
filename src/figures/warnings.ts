import { type FigureKey, isFigureKey, type Warning } from '../contract/figures.ts';
import { digits, type Words } from '../domain/rounding.ts';
import type { Collected } from './collect.ts';
import type { Values } from './values.ts';

type Check = (values: Exact, about: About) => Warning | undefined;
/** What a check looks at besides the figures. */
type About = Pick<Collected, 'lowStatements'> & {
  readonly stock: Pick<Collected['stock'], 'added'>;
  readonly counting: Pick<Collected['counting'], 'lastYear'>;
};
type Exact = (key: FigureKey) => number;

/** The plausibility checks of the metric dictionary that fail. A ratio over nothing says nothing and is not checked. */
export function warningsOf(values: Partial<Values>, about: About): Warning[] {
  const exact: Exact = (key) => values[key] ?? 0;
  return checks.flatMap((check) => check(exact, about) ?? []);
}

const pricePerCopy: Check = (exact) => {
  const [revenue, sold] = [exact('revenue'), exact('copies-sold')];
  if (sold <= 0 || (revenue >= 15_000 * sold && revenue <= 300_000 * sold)) return undefined;
  const price = digits(Math.round(revenue / sold));
  return {
    check: 'price-per-copy',
    figures: { revenue, 'copies-sold': sold },
    message: {
      vi: `Bình quân ${price.vi} ₫ mỗi bản sách bán ra, ngoài khoảng 15.000–300.000 ₫`,
      en: `${price.en} ₫ a copy sold on average, outside 15,000–300,000 ₫`,
    },
  };
};

const copiesPerTitle: Check = (exact) => {
  const [copies, titles] = [exact('copies-declared'), exact('titles')];
  if (titles <= 0 || (copies <= 500 * titles && copies >= titles)) return undefined;
  const each = digits(Math.floor(copies / titles));
  return {
    check: 'copies-per-title',
    figures: { 'copies-declared': copies, titles },
    message:
      copies < titles
        ? { vi: 'Số bản sách đăng ký ít hơn số tên sách', en: 'Fewer copies declared than titles' }
        : {
            vi: `Bình quân ${each.vi} bản sách đăng ký mỗi tên sách, trên mức 500`,
            en: `${each.en} copies declared a title on average, above 500`,
          },
  };
};

const copiesPerBooth: Check = (exact) => {
  const [copies, booths] = [exact('copies-declared'), exact('booths')];
  if (booths <= 0 || copies <= 10_000 * booths) return undefined;
  const each = digits(Math.floor(copies / booths));
  return {
    check: 'copies-per-booth',
    figures: { 'copies-declared': copies, booths },
    message: {
      vi: `Bình quân ${each.vi} bản sách đăng ký mỗi gian hàng, trên mức 10.000`,
      en: `${each.en} copies declared a booth on average, above 10,000`,
    },
  };
};

const soldAboveStock: Check = (exact, { stock }) => {
  const [sold, declared, added] = [exact('copies-sold'), exact('copies-declared'), stock.added];
  if (sold <= declared + added) return undefined;
  return {
    check: 'sold-above-stock',
    figures: { 'copies-sold': sold, 'copies-declared': declared, 'copies-added': added },
    message: {
      vi: `Bán ra ${digits(sold).vi} bản sách, nhiều hơn số đăng ký và bổ sung (${digits(declared + added).vi})`,
      en: `${digits(sold).en} copies sold, more than were declared and added (${digits(declared + added).en})`,
    },
  };
};

const copiesPerVisit: Check = (exact) => {
  const [sold, visits] = [exact('copies-sold'), exact('visits')];
  if (visits <= 0 || sold <= 3 * visits) return undefined;
  return {
    check: 'copies-per-visit',
    figures: { 'copies-sold': sold, visits },
    message: {
      vi: `Bán ra ${digits(sold).vi} bản sách, trên 3 bản mỗi lượt người tham gia (${digits(visits).vi})`,
      en: `${digits(sold).en} copies sold, above 3 a visit (${digits(visits).en})`,
    },
  };
};

const peopleAboveVisits: Check = (exact) => {
  const [people, visits] = [exact('unique-visitors'), exact('visits')];
  if (people <= visits) return undefined;
  return {
    check: 'people-above-visits',
    figures: { 'unique-visitors': people, visits },
    message: {
      vi: `Số người (${digits(people).vi}) nhiều hơn lượt người tham gia (${digits(visits).vi})`,
      en: `More people (${digits(people).en}) than visits (${digits(visits).en})`,
    },
  };
};

const sameAsLastYear: Check = (exact, { counting }) => {
  const same = Object.entries(counting.lastYear ?? {}).filter(
    ([key, value]) => isFigureKey(key) && value > 0 && exact(key) === value,
  );
  if (same.length === 0) return undefined;
  return { check: 'same-as-last-year', figures: Object.fromEntries(same), message: asLastYear };
};

const asLastYear: Words = { vi: 'Số liệu trùng với năm trước', en: 'The same figures as last year' };

const statementBelowRecorded: Check = (_exact, { lowStatements }) => {
  if (lowStatements.length === 0) return undefined;
  const names = { copies: 'copies-sold', revenue: 'revenue', donated: 'copies-donated' } as const;
  const figures = lowStatements.flatMap(({ figure, stated, recorded }) => [
    [`${names[figure]}-stated`, stated] as const,
    [`${names[figure]}-recorded`, recorded] as const,
  ]);
  return {
    check: 'statement-below-recorded',
    figures: Object.fromEntries(figures),
    message: {
      vi: 'Số tự khai trong ngày thấp hơn số đã ghi nhận từng giao dịch; số đã ghi nhận được giữ',
      en: 'Daily figures stated below what was recorded sale by sale; what was recorded stands',
    },
  };
};

const checks: readonly Check[] = [
  pricePerCopy,
  copiesPerTitle,
  copiesPerBooth,
  soldAboveStock,
  copiesPerVisit,
  peopleAboveVisits,
  sameAsLastYear,
  statementBelowRecorded,
];
