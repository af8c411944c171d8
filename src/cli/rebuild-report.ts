import type { ParkedEvent } from '../../projections/generations/queries.ts';
import type { Difference } from '../projector/comparison.ts';
import type { Rebuilt } from '../projector/rebuild.ts';

/** The new figures are not those that were shown, and nobody has said that this is right. */
export class FiguresDiffer extends Error {
  override readonly name = 'FiguresDiffer';
}

/** More than this nobody reads. */
const linesMax = 100;

/** What a rebuild found and did, a line each. */
export const reportLines = (rebuilt: Rebuilt): string[] => [
  ...differenceLines('differs without a known reason', rebuilt.unexplained),
  ...differenceLines(
    rebuilt.compared === 'older' ? 'differs, as another definition may' : 'differs, as more is counted',
    rebuilt.expected,
  ),
  ...parkedLines('is counted now', rebuilt.parked.wentIn),
  ...parkedLines('is parked again', rebuilt.parked.again),
  ...parkedLines('is parked newly', rebuilt.parked.newly),
  ...(rebuilt.outcome === 'shown' ? shownLines(rebuilt) : []),
];

export const refusalText = ({ unexplained }: Pick<Rebuilt, 'unexplained'>): string =>
  `${counted(unexplained.length, 'difference')} in ${counted(fairsOf(unexplained), 'fair')}: the figures that are shown stay as they are. ` +
  'One of the two is wrong. To show the new ones: npm run -s cli -- rebuild --accept';

function shownLines({ generation, position, parked, ...rebuilt }: Rebuilt): string[] {
  const left = parked.again.length + parked.newly.length;
  return [
    `Figures ${generation} count all facts up to position ${position}.${comparedText(rebuilt)}`,
    ...(left === 0 ? [] : [`${left} parked, not counted: the figures of their fairs say “incomplete”.`]),
  ];
}

type Told = 'compared' | 'unexplained' | 'expected' | 'replaced';

function comparedText({ compared, unexplained, expected, replaced }: Pick<Rebuilt, Told>): string {
  if (compared === 'older') return ' Those shown before had an older definition.';
  if (compared === 'unreadable')
    return ' Those shown before had an older definition, which this program cannot read to compare.';
  if (compared === 'nothing' || unexplained.length > 0) return '';
  return ` They say the same as figures ${replaced}${expected.length === 0 ? '' : ', but for what is told above'}.`;
}

const differenceLines = (how: string, differences: readonly Difference[]): string[] =>
  atMost(
    differences.map(
      ({ fair, figure, before, after }) => `fair ${fair} ${how}: ${figure}: ${shown(before)} → ${shown(after)}`,
    ),
  );

const parkedLines = (how: string, events: readonly ParkedEvent[]): string[] =>
  atMost(
    events.map(
      ({ position, type, projection, error }) => `position ${position} ${how}: ${type}, ${projection}: ${error}`,
    ),
  );

const atMost = (lines: readonly string[]): string[] =>
  lines.length <= linesMax ? [...lines] : [...lines.slice(0, linesMax), `… and ${lines.length - linesMax} more`];

const shown = (value: string): string => (value === '' ? 'nothing' : value);

const fairsOf = (differences: readonly Difference[]): number => new Set(differences.map(({ fair }) => fair)).size;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
