import type { Growth } from './growth.ts';
import type { Lags } from './lag.ts';
import type { Travel } from './asking.ts';

/** What was measured; what was left out is not there. */
export type Results = {
  /** Events a second. */
  readonly ours?: number;
  readonly emmett?: number;
  readonly travel?: Travel;
  /** Milliseconds, at a rate. */
  readonly lag?: Lags;
  /** By size, ascending. */
  readonly growth?: readonly Growth[];
};

/**
 * `{"replay": {"ours", "emmett", "oursToEmmett"}, "travelMs": {"median", "max", "cpuMedian"}, "lagMs": {"p50", "p99"}, "lagRate": {"asked", "reached"}, "appendGrowth"}`,
 * without what was left out. A lag at a lower rate than was asked for is none of the one asked for, and is left out, too.
 */
export function json({ ours, travel, emmett, lag, growth }: Results): string {
  const largest = growth?.at(-1);
  return JSON.stringify({
    ...(ours === undefined && emmett === undefined
      ? {}
      : { replay: { ...whole('ours', ours), ...whole('emmett', emmett), ...ratio(ours, emmett) } }),
    ...(travel && { travelMs: travel }),
    ...(lag && isReached(lag) && { lagMs: { p50: lag.p50, p99: lag.p99 } }),
    ...(lag && { lagRate: { asked: lag.asked, reached: lag.reached } }),
    ...(largest && { appendGrowth: hundredths(largest.appends.oursTo) }),
  });
}

/** The same for people. */
export const lines = ({ ours, travel, emmett, lag, growth = [] }: Results): string[] => [
  ...(ours === undefined ? [] : [`replay: ${Math.round(ours)} events/s, all projections together`]),
  ...(travel === undefined ? [] : [travelText(travel)]),
  ...(emmett === undefined ? [] : [`Emmett's consumer: ${Math.round(emmett)} events/s, four sums`]),
  ...(ours === undefined || emmett === undefined ? [] : [`ours is ${(ours / emmett).toFixed(1)} x`]),
  ...(lag === undefined ? [] : [lagText(lag)]),
  ...growth.flatMap(({ size, appends, reads }) => [
    `append at ${size} events: ${costText(appends)}`,
    `read at ${size} events: ${costText(reads)}`,
  ]),
];

const travelText = ({ median, max, cpuMedian }: Travel): string =>
  `figures of the past: ${median} ms, ${max} ms at most, ${cpuMedian} ms of this process's processor`;

const lagText = (lag: Lags): string =>
  `lag: p50 ${lag.p50} ms, p99 ${lag.p99} ms, at ${lag.reached} events/s` +
  (isReached(lag) ? '' : `, which is NOT the ${lag.asked} events/s that were asked for`);

/** More than 5 % below is another rate. */
const isReached = ({ asked, reached }: Lags): boolean => reached >= 0.95 * asked;

const costText = ({ perSecond, p50, p99, oursTo }: Growth['appends']): string =>
  `${perSecond}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, costs ${oursTo.toFixed(2)} x`;

const whole = (name: string, value: number | undefined) => (value === undefined ? {} : { [name]: Math.round(value) });

const ratio = (ours: number | undefined, emmett: number | undefined) =>
  ours === undefined || emmett === undefined ? {} : { oursToEmmett: hundredths(ours / emmett) };

const hundredths = (value: number): number => Math.round(value * 100) / 100;
