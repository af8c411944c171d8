import {
  type Figure,
  type FigureKey,
  type FiguresDocument,
  figureUnits,
  type PublicFigures,
} from '../contract/figures.ts';
import { localDay } from '../domain/local-time.ts';
import { roundingWords } from '../domain/rounding.ts';
import { figureEvents } from './after-closing.ts';
import { breakdownsOf } from './breakdowns.ts';
import { type Collected, collect } from './collect.ts';
import { atLeastPeople, sentenceOf, tradeOf } from './sentence.ts';
import { type FiguresDatabase, readSnapshot, type Snapshot } from './snapshot.ts';
import { type Values, valuesOf } from './values.ts';
import { warningsOf } from './warnings.ts';

/**
 * Every figure of a fair, read on one snapshot.
 * @param now in ms since 1970; only who is inside now, and what today is, depend on it
 * @returns undefined for a fair that does not exist
 */
export async function figuresDocument(
  db: FiguresDatabase,
  fair: string,
  now: number,
): Promise<FiguresDocument | undefined> {
  return readSnapshot(db, (snapshot) => documentIn(snapshot, fair, now));
}

/** The same as a generation stands in a transaction. @param trueAt the moment that is looked back at, if any */
export async function documentIn(
  snapshot: Snapshot,
  fair: string,
  now: number,
  trueAt?: number,
): Promise<FiguresDocument | undefined> {
  const collected = await collect(snapshot, fair, now, trueAt);
  return collected && documentOf(collected);
}

/** What everybody may see of a document: the total visits, and when they were true. */
export const publicFigures = ({ fair, name, position, asOf, status, figures }: FiguresDocument): PublicFigures => {
  const visits = figures.find(({ key }) => key === 'visits');
  if (!visits) throw new Error('a figures document holds the visits');
  return { fair, name, position, asOf, status, visits };
};

function documentOf(collected: Collected): FiguresDocument {
  const values = valuesOf(collected);
  const status = statusOf(collected);
  return {
    fair: collected.fair.fair,
    name: nameOf(collected),
    position: collected.position,
    asOf: new Date(collected.asOf).toISOString(),
    status,
    sentence: sentenceOf(values, tradeOf(collected)),
    figures: keysOf(values).map((key) => figureOf(key, values[key], { status, estimates: estimatesOf(collected) })),
    breakdowns: breakdownsOf(collected),
    curves: curvesOf(collected),
    today: todayOf(collected),
    inside: insideOf(collected),
    bestSellers: collected.bestSellers,
    attention: attentionOf(collected),
    warnings: warningsOf(values, collected),
  };
}

/** Final as of the closing; incomplete while an event is parked, whatever else. */
function statusOf({ leftOut, fair }: Collected): FiguresDocument['status'] {
  if (leftOut.parked > 0) return 'incomplete';
  return fair.closing ? 'final' : 'provisional';
}

function nameOf({ fair: { settings } }: Collected): FiguresDocument['name'] {
  const { vi, en } = settings.name;
  return en === undefined ? { vi } : { vi, en };
}

type Circumstances = { readonly status: FiguresDocument['status']; readonly estimates: readonly FigureKey[] };

function figureOf(key: FigureKey, value: number | null, { status, estimates }: Circumstances): Figure {
  const estimate = estimates.includes(key);
  const bound = key === 'unique-visitors' ? 'at-least' : 'exact';
  const common = { key, value, unit: figureUnits[key], definition: key, bound } as const;
  if (value === null) return { ...common, status: 'not-collected', estimate: false, wording: null };
  const wording = bound === 'at-least' ? atLeastPeople(value) : roundingWords(value, { estimate });
  return { ...common, status, estimate, wording };
}

/** Who is inside is an estimate where exits are not scanned, or where people came in whom nobody counts out. */
function estimatesOf({ counting, persons }: Collected): FigureKey[] {
  const uncounted = persons.filter(({ by, key }) => by === 'source' && (key === 'walk-in' || key === 'group'));
  const came = uncounted.some(({ entries }) => entries > 0);
  const went = uncounted.some(({ exits }) => exits > 0);
  const isEstimate = counting.gates.some(({ exits }) => exits === 'not-scanned') || (came && !went);
  return isEstimate ? ['inside-now', 'peak-inside'] : [];
}

function curvesOf({ curve }: Collected): FiguresDocument['curves'] {
  const days = Map.groupBy(curve, ({ day }) => day);
  return [...days].map(([day, rows]) => ({
    day,
    buckets: rows.map(({ minute, visits, entries }) => ({ minute, visits, entries })),
  }));
}

function todayOf({ persons, asOf }: Collected): FiguresDocument['today'] {
  const day = localDay(asOf);
  return { day, visits: persons.find((row) => row.by === 'day' && row.key === day && row.counted)?.visits ?? 0 };
}

function insideOf({ inside, counting, asOf }: Collected): FiguresDocument['inside'] {
  const day = localDay(asOf);
  const now = new Map(inside.filter((row) => row.day === day).map((row) => [row.site, row.now]));
  return counting.sites.map(({ code, name, capacity }) => ({
    site: code,
    name,
    now: now.get(code) ?? 0,
    capacity: capacity ?? null,
  }));
}

function attentionOf({ tally, leftOut }: Collected): FiguresDocument['attention'] {
  const afterClosing = [...leftOut.held].reduce(
    (sum, [type, events]) => sum + (figureEvents.includes(type) ? events : 0),
    0,
  );
  const { conflicts, late, unverified, repeat_reads: repeatReads, outside_days: outsideDays } = tally;
  return { parked: leftOut.parked, conflicts, late, unverified, repeatReads, outsideDays, afterClosing };
}

const keysOf = (values: Values): FigureKey[] =>
  Object.keys(figureUnits).filter((key): key is FigureKey => key in values);
