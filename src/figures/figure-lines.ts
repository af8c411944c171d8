import type { FiguresDocument } from '../contract/figures.ts';

/**
 * Everything a document says, a line each: what it is, and its value. Two documents are the same if their lines are;
 * words are made of values, so those of the sentence stand for all.
 */
export const figureLines = (document: FiguresDocument): ReadonlyMap<string, string> =>
  new Map<string, string>([
    ['status', document.status],
    ['name', JSON.stringify(document.name)],
    ['as of', document.asOf],
    ['sentence', document.sentence.vi],
    ['sentence (en)', document.sentence.en],
    ...document.figures.map(
      ({ key, value, estimate }) => [key, `${value ?? 'none'}${estimate ? ' (estimate)' : ''}`] as const,
    ),
    ...document.breakdowns.flatMap(({ figure, by, rows }) =>
      rows.map(({ key, value, label }) => [`${figure} by ${by} ${key}`, withLabel(value, label)] as const),
    ),
    ...document.curves.flatMap(({ day, buckets }) =>
      buckets.map(
        ({ minute, visits, entries }) => [`${day} ${timeOf(minute)}`, `${visits} visits, ${entries} entries`] as const,
      ),
    ),
    [`today`, `${document.today.visits} visits on ${document.today.day}`],
    ...document.inside.map(
      ({ site, now, capacity, name }) => [`inside ${site}`, withLabel(`${now} of ${capacity ?? 'any'}`, name)] as const,
    ),
    ...document.bestSellers.map(
      ({ code, name, copies }, at) => [`best seller ${at + 1}`, `${code} ${copies} (${name})`] as const,
    ),
    ...Object.entries(document.attention).map(([kind, count]) => [`attention ${kind}`, String(count)] as const),
    ...document.warnings.map(({ check, figures }) => [`warning ${check}`, JSON.stringify(figures)] as const),
  ]);

const withLabel = (value: number | string, label: string | undefined): string =>
  label === undefined ? String(value) : `${value} (${label})`;

const timeOf = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
