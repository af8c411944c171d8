import {
  type Figure,
  type FigureKey,
  type FiguresDocument,
  figureUnits,
  isFigureKey,
  type PublicFigures,
} from '../../src/contract/figures.ts';
import type { Assets } from '../../src/web/asset-manifest.ts';
import type { FairView } from '../../src/web/fair-view.ts';

/** Figures and fairs as they come in real life: the Bắc Ninh fair at half past nine of its second morning, and its extremes. */

export const assets: Assets = {
  'site.css': '/assets/site-00000000.css',
  'board.css': '/assets/board-00000000.css',
  'docs.css': '/assets/docs-00000000.css',
  'icon.svg': '/assets/icon-00000000.svg',
  'text-latin.woff': '/assets/latin-00000000.woff',
  'text-vietnamese.woff': '/assets/vietnamese-00000000.woff',
  'live.js': '/assets/live-00000000.js',
  'public-live.js': '/assets/public-live-00000000.js',
  'sign-in.js': '/assets/sign-in-00000000.js',
  'sign-out.js': '/assets/sign-out-00000000.js',
  'verify.css': '/assets/verify-00000000.css',
  'verify.js': '/assets/verify-00000000.js',
};

export const fair: FairView = {
  id: '0196390e-1c00-7000-8000-000000000001',
  name: {
    vi: 'Ngày Sách và Văn hóa đọc Việt Nam tỉnh Bắc Ninh năm 2022',
    en: 'Bắc Ninh Book and Reading Culture Day 2022',
  },
  address: 'Quảng trường Trung tâm Văn hóa Kinh Bắc, đường Kinh Dương Vương, thành phố Bắc Ninh',
  days: ['2022-04-18', '2022-04-19', '2022-04-20'],
  opens: '07:00',
  closes: '22:00',
  sites: [{ code: 'A', name: 'Trung tâm Văn hóa Kinh Bắc' }],
};

const values: Readonly<Record<FigureKey, number | null>> = {
  visits: 5962,
  entries: 6648,
  'unique-visitors': 2109,
  'inside-now': 412,
  'peak-inside': 1387,
  excluded: 214,
  'organisations-registered': 24,
  'organisations-present': 22,
  booths: 40,
  titles: 61_204,
  'catalogue-lines': 100_012,
  'copies-declared': 1_523_400,
  'copies-displayed': null,
  'copies-sold': 3018,
  'copies-donated': 120,
  'copies-left': null,
  revenue: 241_560_000,
  'revenue-recorded': 198_310_000,
  'revenue-declared': 43_250_000,
  'activities-planned': null,
  'activities-held': null,
  readers: null,
  circulation: null,
  schools: 70,
  classes: 128,
  pupils: 3300,
};

const wordings: Partial<Record<FigureKey, Figure['wording']>> = {
  visits: { vi: 'gần 6.000', en: 'nearly 6,000' },
  'organisations-present': { vi: 'trên 20', en: 'over 20' },
  'copies-declared': { vi: 'trên 1,5 triệu', en: 'over 1.5 million' },
};

const figureFrom = (key: FigureKey, value: number | null): Figure => ({
  key,
  value,
  unit: figureUnits[key],
  definition: key,
  status: value === null ? 'not-collected' : 'provisional',
  estimate: key === 'inside-now' || key === 'peak-inside',
  wording: wordings[key] ?? null,
  bound: key === 'unique-visitors' ? 'at-least' : 'exact',
});

/** A morning rush, a quiet noon and an evening wave, scaled to `visits` and cut off at `until` (local minutes). */
const curveOf = (day: string, visits: number, until: number): FiguresDocument['curves'][number] => {
  const weight = (minute: number) =>
    Math.exp(-(((minute - 470) / 28) ** 2)) * 9 +
    Math.exp(-(((minute - 560) / 90) ** 2)) * 1.6 +
    Math.exp(-(((minute - 1160) / 70) ** 2)) * 2.4 +
    0.12;
  const minutes = Array.from({ length: 90 }, (_, index) => 420 + index * 10);
  const sum = minutes.reduce((total, minute) => total + weight(minute), 0);
  return {
    day,
    buckets: minutes
      .filter((minute) => minute <= until)
      .map((minute) => {
        const rough = Math.round((visits * weight(minute) * (1 + 0.22 * Math.sin(minute * 1.7))) / sum);
        return { minute, visits: rough, entries: Math.round(rough * 1.1) };
      })
      .filter((bucket) => bucket.visits > 0),
  };
};

export const figures: FiguresDocument = {
  fair: fair.id,
  name: fair.name,
  position: 18_204,
  asOf: '2022-04-19T02:31:07.412Z',
  status: 'provisional',
  sentence: {
    vi: 'gần 6.000 lượt người tham gia, trên 20 đơn vị xuất bản, phát hành lớn trong và ngoài tỉnh tham gia với trên 1,5 triệu bản sách',
    en: 'nearly 6,000 visits, over 20 major publishing and book distribution organisations from inside and outside the province with over 1.5 million copies of books',
  },
  figures: Object.keys(figureUnits)
    .filter(isFigureKey)
    .map((key) => figureFrom(key, values[key])),
  breakdowns: [
    {
      figure: 'visits',
      by: 'day',
      rows: [
        { key: '2022-04-18', value: 2981 },
        { key: '2022-04-19', value: 1610 },
        { key: '2022-04-20', value: 1371 },
      ],
    },
    {
      figure: 'visits',
      by: 'gate',
      rows: [
        { key: 'A1', label: 'Cổng chính, đường Kinh Dương Vương', value: 3120 },
        { key: 'A2', label: 'Cổng phía Tây, lối từ bãi xe của Trung tâm Văn hóa', value: 1842 },
        { key: 'A3', label: 'Cổng đoàn trường', value: 1000 },
      ],
    },
    {
      figure: 'visits',
      by: 'category',
      rows: [
        { key: 'pupil', value: 3905 },
        { key: 'individual', value: 1433 },
        { key: 'family', value: 580 },
        { key: 'delegate', value: 44 },
      ],
    },
    {
      figure: 'visits',
      by: 'source',
      rows: [
        { key: 'group', value: 3300 },
        { key: 'pass', value: 1502 },
        { key: 'walk-in', value: 760 },
        { key: 'poster', value: 400 },
      ],
    },
    {
      figure: 'organisations-present',
      by: 'kind',
      rows: [
        { key: 'publisher', value: 13 },
        { key: 'distributor', value: 6 },
        { key: 'bookshop', value: 3 },
      ],
    },
    {
      figure: 'organisations-present',
      by: 'province',
      rows: [
        { key: 'out', value: 17 },
        { key: 'in', value: 5 },
      ],
    },
  ],
  curves: [curveOf('2022-04-18', 2981, 1320), curveOf('2022-04-19', 2400, 570)],
  today: { day: '2022-04-19', visits: 1610 },
  inside: [{ site: 'A', name: 'Trung tâm Văn hóa Kinh Bắc', now: 412, capacity: 1500 }],
  bestSellers: [
    { code: '9786041234567', name: 'Dế Mèn phiêu lưu ký', copies: 212 },
    { code: '9786047654321', name: 'Đất rừng phương Nam', copies: 148 },
    {
      code: '9786049876543',
      name: 'Lược sử thời gian (tái bản có bổ sung hình ảnh và chú giải của nhóm dịch)',
      copies: 97,
    },
    { code: 'KB-0007', name: '', copies: 31 },
  ],
  attention: { parked: 0, conflicts: 2, late: 61, unverified: 0, repeatReads: 143, outsideDays: 0, afterClosing: 0 },
  warnings: [
    {
      check: 'copies-per-booth',
      figures: { 'copies-declared': 1_523_400, booths: 40 },
      message: {
        vi: 'Bình quân 38.085 bản sách đăng ký mỗi gian hàng, vượt mức 10.000 thường thấy. Hãy kiểm tra danh mục của các đơn vị.',
        en: '38,085 copies declared per booth on average, above the usual 10,000. Please check the exhibitors’ catalogues.',
      },
    },
  ],
};

/** Before the first visit: nothing counted, nobody in. */
export const emptyFigures: FiguresDocument = {
  ...figures,
  position: 3,
  asOf: '2022-04-17T23:40:00.000Z',
  sentence: {
    vi: 'chưa có số liệu',
    en: 'no figures yet',
  },
  figures: figures.figures.map((figure) =>
    figureFrom(isFigureKey(figure.key) ? figure.key : 'visits', figure.value === null ? null : 0),
  ),
  breakdowns: [],
  curves: [],
  today: { day: '2022-04-18', visits: 0 },
  inside: [{ site: 'A', name: 'Trung tâm Văn hóa Kinh Bắc', now: 0, capacity: 1500 }],
  bestSellers: [],
  attention: { parked: 0, conflicts: 0, late: 0, unverified: 0, repeatReads: 0, outsideDays: 0, afterClosing: 0 },
  warnings: [],
};

/** A city's book street at its fullest: millions, many gates and sites, incomplete. */
export const fullFigures: FiguresDocument = {
  ...figures,
  position: 2_118_204,
  status: 'incomplete',
  figures: figures.figures.map((figure) => ({
    ...figure,
    value: figure.value === null ? null : figure.value * 187,
    status: figure.value === null ? 'not-collected' : 'incomplete',
  })),
  breakdowns: figures.breakdowns.map((breakdown) =>
    breakdown.by === 'gate'
      ? {
          ...breakdown,
          rows: Array.from({ length: 24 }, (_, at) => ({
            key: `G${at}`,
            label: `Cổng số ${at + 1}, phố sách Nguyễn Văn Bình và đường Lê Lợi kéo dài`,
            value: 41_200 - at * 1300,
          })),
        }
      : { ...breakdown, rows: breakdown.rows.map((row) => ({ ...row, value: row.value * 187 })) },
  ),
  curves: figures.curves.map((curve) => ({
    ...curve,
    buckets: curve.buckets.map((bucket) => ({ ...bucket, visits: bucket.visits * 187 })),
  })),
  today: { day: '2022-04-19', visits: 301_070 },
  inside: [
    { site: 'A', name: 'Đường sách Nguyễn Văn Bình', now: 8211, capacity: 8000 },
    { site: 'B', name: 'Phố đi bộ Nguyễn Huệ', now: 18_600, capacity: 20_000 },
    { site: 'C', name: 'Công viên Lê Văn Tám', now: 1204, capacity: null },
  ],
  attention: {
    parked: 2,
    conflicts: 12,
    late: 4210,
    unverified: 305,
    repeatReads: 2143,
    outsideDays: 7,
    afterClosing: 18,
  },
};

/** After the organiser closed the figures. */
export const finalFigures: FiguresDocument = {
  ...figures,
  status: 'final',
  asOf: '2022-04-20T16:00:00.000Z',
  figures: figures.figures.map((figure) => ({ ...figure, status: figure.value === null ? 'not-collected' : 'final' })),
  curves: [curveOf('2022-04-19', 1610, 1320), curveOf('2022-04-20', 1371, 1320)],
  today: { day: '2022-04-20', visits: 1371 },
  attention: { parked: 0, conflicts: 0, late: 0, unverified: 0, repeatReads: 0, outsideDays: 0, afterClosing: 0 },
  warnings: [],
};

export const publicOf = (document: FiguresDocument): PublicFigures => ({
  fair: document.fair,
  name: document.name,
  position: document.position,
  asOf: document.asOf,
  status: document.status,
  visits: document.figures.find(({ key }) => key === 'visits') ?? figureFrom('visits', null),
});
