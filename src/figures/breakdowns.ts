import type { Breakdown } from '../contract/figures.ts';
import type { Collected } from './collect.ts';

type Row = Breakdown['rows'][number];
type Dimension = Exclude<Collected['persons'][number]['by'], null>;

const dimensions: readonly Dimension[] = ['day', 'site', 'gate', 'category', 'source'];

/** Figures by their dimensions; a row of 0 is left out. The rows of a breakdown add up to its figure. */
export function breakdownsOf(collected: Collected): Breakdown[] {
  return [
    ...dimensions.map((by) => personsBy(collected, 'visits', by)),
    ...dimensions.map((by) => personsBy(collected, 'entries', by)),
    ...dimensions.map((by) => personsBy(collected, 'excluded', by)),
    ...organisationsBy(collected, 'organisations-present', 'present'),
    ...organisationsBy(collected, 'organisations-registered', 'registered'),
  ];
}

function personsBy(
  { persons, counting }: Collected,
  figure: 'visits' | 'entries' | 'excluded',
  by: Dimension,
): Breakdown {
  const ofFigure = persons.filter(
    (row) => row.by === by && (figure === 'entries' || row.counted === (figure === 'visits')),
  );
  const amounts = added(ofFigure.map((row) => [row.key, figure === 'entries' ? row.entries : row.visits]));
  const places = { site: counting.sites, gate: counting.gates };
  const names = new Map(by === 'site' || by === 'gate' ? places[by].map(({ code, name }) => [code, name]) : []);
  return { figure, by, rows: amounts.map((row) => labelled(row, names.get(row.key))) };
}

function organisationsBy(
  { organisations, counting }: Collected,
  figure: 'organisations-present' | 'organisations-registered',
  amount: 'present' | 'registered',
): Breakdown[] {
  const side = (province: string) => (province === counting.province ? 'in' : 'out');
  return [
    { figure, by: 'kind', rows: added(organisations.map((row) => [row.kind, row[amount]])) },
    { figure, by: 'province', rows: added(organisations.map((row) => [side(row.province), row[amount]])) },
  ];
}

function added(amounts: readonly (readonly [string, number])[]): Row[] {
  const sums = new Map<string, number>();
  for (const [key, value] of amounts) sums.set(key, (sums.get(key) ?? 0) + value);
  return [...sums].filter(([, value]) => value !== 0).map(([key, value]) => ({ key, value }));
}

const labelled = (row: Row, label: string | undefined): Row => (label === undefined ? row : { ...row, label });
