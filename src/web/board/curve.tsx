import { formatDay, formatMinute, formatNumber } from '../format.ts';
import { messagesIn } from '../messages/messages.ts';
import type { BoardView } from './board-view.ts';
import { Opens } from './opens.tsx';
import { CurveTable } from './curve-table.tsx';
import { BUCKET_MINUTES, type Curve, type CurvePlan, planCurve } from './curve-scale.ts';

const PLOT_HEIGHT = 208;
const TOP = 20;
const BASE = TOP + PLOT_HEIGHT;

/** Visits per 10 minutes: today as columns, the day before as a black cap over each, so that shape tells them apart too. */
export const CurveFigure = ({ view }: { view: BoardView }) => {
  const { figures, fair, language } = view;
  const plan = planCurve(figures, fair);
  return (
    <figure class="curve" id="curve">
      <figcaption>
        <h2 id="curve-title">
          <Opens about="visits" language={language}>
            <span class="opens-name">{messagesIn(language).board.curve}</span>
          </Opens>
        </h2>
        <p id="curve-summary">{summaryOf(plan, view)}</p>
        <Legend plan={plan} view={view} />
      </figcaption>
      {isEmpty(plan) ? null : (
        <>
          <Plot plan={plan} view={view} />
          <CurveTable plan={plan} language={language} />
        </>
      )}
    </figure>
  );
};

type PlotProps = { readonly plan: CurvePlan; readonly view: BoardView };

const isEmpty = ({ shown, before }: CurvePlan): boolean => shown.buckets.length === 0 && before === undefined;

const Legend = ({ plan, view: { figures, language } }: PlotProps) => {
  const words = messagesIn(language).board;
  const isToday = plan.isToday && figures.knownAt === undefined;
  return isEmpty(plan) ? null : (
    <ul class="legend">
      <li>
        <span class="swatch swatch-today" /> {(isToday ? words.curveToday : words.curveDay)(formatDay(plan.shown.day))}
      </li>
      {plan.before === undefined ? null : (
        <li>
          <span class="swatch swatch-before" /> {words.curveBefore(formatDay(plan.before.day))}
        </li>
      )}
    </ul>
  );
};

const Plot = ({ plan, view }: PlotProps) => (
  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an inline SVG is no <img>, and readers need it to be one picture
  <svg class="plot" width="100%" height={BASE + 28} role="img" aria-labelledby="curve-title curve-summary">
    <Grid plan={plan} view={view} />
    <g class="plot-today">
      {plan.shown.buckets.map((bucket) => (
        <Column plan={plan} bucket={bucket} />
      ))}
    </g>
    <g class="plot-before">
      {(plan.before?.buckets ?? []).map((bucket) => (
        <Cap plan={plan} bucket={bucket} />
      ))}
    </g>
    <Now plan={plan} />
    <line class="plot-base" x1="0" x2="100%" y1={BASE} y2={BASE} />
  </svg>
);

const summaryOf = ({ shown }: CurvePlan, { language }: BoardView): string => {
  const words = messagesIn(language).board;
  const busiest = shown.buckets.reduce((top, bucket) => (bucket.visits > top.visits ? bucket : top), {
    minute: 0,
    visits: 0,
  });
  return busiest.visits <= 0
    ? words.curveEmpty
    : words.curveBusiest(formatMinute(busiest.minute), formatNumber(busiest.visits, language));
};

const Grid = ({ plan, view }: PlotProps) => (
  <g class="plot-grid">
    {plan.ticks.slice(1).map((tick) => (
      <>
        <line x1="0" x2="100%" y1={yOf(plan, tick)} y2={yOf(plan, tick)} />
        <text x="100%" y={yOf(plan, tick) - 5} text-anchor="end">
          {formatNumber(tick, view.language)}
        </text>
      </>
    ))}
    {hoursOf(plan).map((minute, index) => (
      <text class={index % 3 === 0 ? 'hour' : 'hour hour-minor'} x={xOf(plan, minute)} y={BASE + 20}>
        {formatMinute(minute)}
      </text>
    ))}
  </g>
);

/** Where the day stands: a line at the moment of the figures, while that day lasts. */
const Now = ({ plan }: { plan: CurvePlan }) => {
  const { now, from, until } = plan;
  if (now === undefined || now < from || now >= until) return null;
  return (
    <>
      <line class="plot-now" x1={xOf(plan, now)} x2={xOf(plan, now)} y1={TOP} y2={BASE} />
      <text class="plot-now-time" x={xOf(plan, now)} y={TOP - 6} text-anchor={now - from < 60 ? 'start' : 'middle'}>
        {formatMinute(now)}
      </text>
    </>
  );
};

type Bucket = Curve['buckets'][number];

const Column = ({ plan, bucket }: { plan: CurvePlan; bucket: Bucket }) => (
  <rect
    x={xOf(plan, bucket.minute)}
    width={widthOf(plan, 0.82)}
    y={yOf(plan, bucket.visits)}
    height={round(BASE - yOf(plan, bucket.visits))}
  />
);

const Cap = ({ plan, bucket }: { plan: CurvePlan; bucket: Bucket }) => (
  <rect x={xOf(plan, bucket.minute)} width={widthOf(plan, 0.82)} y={round(yOf(plan, bucket.visits) - 1)} height="2" />
);

/** Every hour but the last, whose label would hang over the edge. */
const hoursOf = ({ from, until }: CurvePlan): number[] =>
  Array.from({ length: (until - from) / 60 }, (_, hour) => from + hour * 60);

/** Widths are shares of the plot, so that the chart follows the page without a script. */
const xOf = ({ from, until }: CurvePlan, minute: number): string =>
  `${round(((minute - from) / (until - from)) * 100)}%`;
const widthOf = ({ from, until }: CurvePlan, share: number): string =>
  `${round((BUCKET_MINUTES / (until - from)) * 100 * share)}%`;

/** Corrections may take a bucket below zero; the plot ends at its base. */
const yOf = ({ ticks }: CurvePlan, visits: number): number =>
  round(BASE - (Math.max(0, visits) / (ticks.at(-1) ?? 1)) * PLOT_HEIGHT);

const round = (value: number): number => Math.round(value * 100) / 100;
