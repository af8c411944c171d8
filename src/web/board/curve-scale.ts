import type { FairBrief } from '../fair-view.ts';
import type { FiguresDocument } from '../../contract/figures.ts';
import { formatClock, localDayOf } from '../format.ts';

export const BUCKET_MINUTES = 10;

export type Curve = FiguresDocument['curves'][number];

/** What the chart shows: a day, the fair's day before it, and the axes that hold both. */
export type CurvePlan = {
  /** Today; between the fair's days and after them, the last one that has begun. */
  readonly shown: Curve;
  readonly isToday: boolean;
  readonly before: Curve | undefined;
  /** Local minutes of the day, whole hours. */
  readonly from: number;
  readonly until: number;
  /** Local minute at which the figures were true, while the day shown lasts. */
  readonly now: number | undefined;
  /** Visits at the gridlines, from 0 up. */
  readonly ticks: readonly number[];
};

/** Axes from the fair's hours, widened to whatever was recorded outside them. */
export function planCurve(figures: FiguresDocument, fair: FairBrief): CurvePlan {
  const { day: today } = figures.today;
  const past = figures.curves.filter(({ day }) => day <= today).sort((a, b) => (a.day < b.day ? 1 : -1));
  const days = fair.days.includes(today) && past[0]?.day !== today ? [{ day: today, buckets: [] }, ...past] : past;
  const [shown = { day: today, buckets: [] }, before] = days;
  const buckets = [...shown.buckets, ...(before?.buckets ?? [])];
  const minutes = buckets.map(({ minute }) => minute);
  return {
    shown,
    isToday: shown.day === today,
    before,
    from: Math.floor(Math.min(minuteOf(fair.opens), ...minutes) / 60) * 60,
    until: Math.ceil(Math.max(minuteOf(fair.closes), ...minutes.map((minute) => minute + BUCKET_MINUTES)) / 60) * 60,
    now: localDayOf(figures.asOf) === shown.day ? minuteOf(formatClock(figures.asOf)) : undefined,
    ticks: ticksUpTo(Math.max(0, ...buckets.map(({ visits }) => visits))),
  };
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Three to five gridlines at 1, 2 or 5 times a power of ten; the last one is not below `max`. */
const ticksUpTo = (max: number): number[] => {
  const rough = Math.max(max, 4) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(Math.max(max, 1) / step) + 1 }, (_, index) => index * step);
};
