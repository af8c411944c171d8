import type { Report } from './report.ts';

/** What came of it, on one screen, in plain words. */
export function summaryOf(report: Report, files: readonly string[]): string {
  const { options, counts, live, caughtUpMs, latencies, checks, differences, machine } = report;
  return [
    '',
    `${options.scenario}: ${counts.facts} facts acknowledged in ${counts.requests} requests ` +
      `(${counts.repeats} repeated on purpose, ${counts.retries} sent again), ${live.boards + live.readers} live pages, ` +
      `figures complete ${caughtUpMs} ms after the last answer.`,
    '',
    ...latencies.map(
      ({ kind, count, p50, p95, p99, max }) =>
        `  ${kind.padEnd(12)}${String(count).padStart(6)}  p50 ${ms(p50)}  p95 ${ms(p95)}  p99 ${ms(p99)}  longest ${ms(max)} ms`,
    ),
    '',
    ...checks.map(({ passed, rule, measured }) => `  ${passed ? '✓' : '✗'} ${rule}: ${measured}`),
    ...differences.map((difference) => `    ${difference}`),
    '',
    ...(machine.loadBefore > machine.cpus / 2
      ? [
          `The machine was busy with other things (load ${machine.loadBefore.toFixed(1)} on ${machine.cpus} cores): times are longer than they would be.`,
        ]
      : []),
    ...files,
    report.passed ? 'Everything holds.' : 'NOT everything holds.',
  ].join('\n');
}

const ms = (value: number): string => value.toFixed(1).padStart(7);
