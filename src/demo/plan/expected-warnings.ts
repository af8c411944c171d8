import type { FigureKey } from '../../contract/figures.ts';

type Figures = Partial<Record<FigureKey, number>>;
type Check = readonly [check: string, fails: (of: (key: FigureKey) => number) => boolean];

/** The plausibility checks of the metric dictionary, in its order. A plan states nothing below what was recorded. */
const checks: readonly Check[] = [
  ['price-per-copy', (of) => isOutside(of('revenue') / of('copies-sold'), 15_000, 300_000)],
  ['copies-per-title', (of) => isOutside(of('copies-declared') / of('titles'), 1, 500)],
  ['copies-per-booth', (of) => of('copies-declared') / of('booths') > 10_000],
  ['copies-per-visit', (of) => of('copies-sold') / of('visits') > 3],
  ['people-above-visits', (of) => of('unique-visitors') > of('visits')],
];

export const expectedWarnings = (figures: Figures): string[] =>
  checks.flatMap(([check, fails]) => (fails((key) => figures[key] ?? 0) ? [check] : []));

const isOutside = (value: number, least: number, most: number): boolean => value < least || value > most;
