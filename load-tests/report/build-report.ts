import { availableParallelism, cpus } from 'node:os';
import type { RunOptions } from '../runner/options.ts';
import type { Seen } from '../runner/run-load.ts';
import type { Line } from '../sending/request.ts';
import { liveChecks, nodeChecks, thresholdChecks, truthCheck } from './checks.ts';
import { countsOf, latenciesOf, secondsOf } from './measure.ts';
import type { Check, Report } from './report.ts';

type About = { readonly options: RunOptions; readonly k6: string; readonly loadBefore: number };

/** Everything that a run was, for people and for programs. */
export function buildReport(seen: Seen, { options, k6, loadBefore }: About): Report {
  const { scenario, lines, platform, truth, pages, disaster } = seen;
  const visits = truth.expected['visits'] ?? 0;
  const checks: Check[] = [
    truthCheck(truth),
    ...thresholdChecks(seen.summary),
    ...liveChecks(pages, visits, disaster),
    ...(disaster ? nodeChecks(disaster) : []),
  ];
  const focus = focusOf(seen);
  const began = Math.min(...lines.map(({ at }) => at));
  return {
    options,
    about: scenario.about,
    startedAt: new Date(seen.startedAt).toISOString(),
    machine: {
      cpus: availableParallelism(),
      model: cpus()[0]?.model.trim() ?? '',
      loadBefore,
      node: process.version,
      k6,
    },
    passed: checks.every(({ passed }) => passed),
    checks,
    differences: truth.differences,
    figures: Object.entries(truth.expected).map(([key, expected]) => ({
      key,
      expected,
      said: platform.figures.get(key) ?? null,
    })),
    counts: { facts: truth.compared.facts, ...countsOf(lines) },
    caughtUpMs: seen.caughtUpMs,
    warmUpSeconds: scenario.warmUpSeconds,
    latencies: latenciesOf(lines),
    focus,
    seconds: secondsOf(
      lines,
      pages.map(({ frames }) => frames),
      isOf(focus.kind),
    ),
    killedAt: disaster ? Math.floor((disaster.at - began) / 1000) : null,
    live: {
      boards: pages.filter(({ audience }) => audience === 'board').length,
      readers: pages.filter(({ audience }) => audience === 'public').length,
      frames: pages.reduce((sum, { frames }) => sum + frames.length, 0),
      broken: pages.filter(({ breaks }) => breaks.length > 0).length,
    },
  };
}

/** What most facts come by, of all that the scenario has a limit for. */
function focusOf({ scenario: { p99Ms }, lines }: Pick<Seen, 'scenario' | 'lines'>): Report['focus'] {
  const weighed = Object.entries(p99Ms).map(([kind, limitMs]) => ({
    focus: { kind, limitMs },
    facts: lines.filter(isOf(kind)).reduce((sum, { answers }) => sum + answers.length, 0),
  }));
  return weighed.sort((a, b) => b.facts - a.facts)[0]?.focus ?? { kind: 'scan', limitMs: null };
}

const isOf =
  (kind: string) =>
  (line: Line): boolean =>
    line.kind === kind;
