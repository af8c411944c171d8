import type { Line } from '../sending/request.ts';
import type { Latency, Report, Second } from './report.ts';

const windowSeconds = 5;

/** How long each kind of request took, the warm-up left out; unanswered ones too, as long as they were waited for. */
export function latenciesOf(lines: readonly Line[]): Latency[] {
  const kinds = Map.groupBy(
    lines.filter(({ phase }) => phase === 'load'),
    ({ kind }) => kind,
  );
  return [...kinds].map(([kind, own]) => latencyOf(kind, own)).sort((a, b) => b.count - a.count);
}

/** @param focus the kinds whose times are drawn */
export function secondsOf(
  lines: readonly Line[],
  frames: readonly (readonly number[])[],
  focus: (line: Line) => boolean,
): Second[] {
  const began = Math.min(...lines.map(({ at }) => at));
  const secondOf = (at: number) => Math.floor((at - began) / 1000);
  const bySecond = Map.groupBy(lines, ({ at }) => secondOf(at));
  const framesBySecond = Map.groupBy(frames.flat(), secondOf);
  const last = Math.max(...bySecond.keys());
  return Array.from({ length: last + 1 }, (_, second) => {
    const own = bySecond.get(second) ?? [];
    const window = Array.from({ length: windowSeconds }, (_, back) => bySecond.get(second - back) ?? []).flat();
    const times = sortedTimes(window.filter(focus));
    return {
      second,
      requests: own.length,
      retries: own.filter(isRetry).length,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      p99: quantile(times, 0.99),
      frames: (framesBySecond.get(second)?.length ?? 0) / Math.max(1, frames.length),
    };
  });
}

export const countsOf = (lines: readonly Line[]): Omit<Report['counts'], 'facts'> => ({
  requests: lines.length,
  repeats: lines.filter(({ round, attempt }) => round > 1 && attempt === 1).length,
  retries: lines.filter(isRetry).length,
});

const isRetry = ({ attempt }: Line): boolean => attempt > 1;

function latencyOf(kind: string, lines: readonly Line[]): Latency {
  const times = sortedTimes(lines);
  const at = (share: number) => quantile(times, share) ?? 0;
  return { kind, count: lines.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

const sortedTimes = (lines: readonly Line[]): number[] => lines.map(({ ms }) => ms).sort((a, b) => a - b);

/** The value that this share of all does not exceed. */
const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.min(sorted.length, Math.max(1, Math.ceil(sorted.length * share))) - 1] ?? null;
