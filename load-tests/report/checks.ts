import { z } from 'zod';
import type { Disaster } from '../runner/kill.ts';
import type { Summary } from '../runner/run-k6.ts';
import type { LivePage } from '../runner/watch.ts';
import type { Truth } from '../truth/differences.ts';
import type { Check } from './report.ts';

/** What k6 was told must hold; a measurement that was never taken holds nothing. */
export const thresholdChecks = ({ metrics }: Summary): Check[] =>
  Object.entries(metrics).flatMap(([metric, { values, thresholds }]) =>
    Object.entries(thresholds).map(([rule, { ok }]): Check => {
      const [, statistic = '', limit = ''] = /^([\w()]+)\D*([\d.]+)$/.exec(rule) ?? [];
      const value = values[statistic] ?? 0;
      const isTime = metric.startsWith('http_req_duration');
      const isMeasured = !isTime || (values['count'] ?? 0) > 0;
      return {
        about: 'threshold',
        rule: isTime ? `99 of 100 ${kindOf(metric)} are answered within ${limit} ms` : (certainties[metric] ?? metric),
        measured: !isMeasured ? 'nothing' : isTime ? `${value.toFixed(1)} ms` : measured(metric, values),
        passed: ok && isMeasured,
      };
    }),
  );

const kinds: Readonly<Record<string, string>> = { scan: 'scans', look: 'looks', delivery: 'deliveries' };
const kindOf = (metric: string): string => kinds[/kind:(\w+)/.exec(metric)?.[1] ?? ''] ?? 'writes';

const certainties: Readonly<Record<string, string>> = {
  dropped_iterations: 'nothing that was planned is left out',
  unanswered: 'every request is answered in the end',
  http_req_failed: 'no request fails',
  retries: 'nothing has to be sent again',
};

const measured = (metric: string, values: Readonly<Record<string, number>>): string =>
  metric === 'http_req_failed' ? `${((values['rate'] ?? 0) * 100).toFixed(1)} %` : String(values['count'] ?? 0);

export const truthCheck = ({ differences, compared }: Truth): Check => ({
  about: 'truth',
  rule: 'the figures are what was sent, nothing lost and nothing twice',
  measured:
    differences.length > 0
      ? `${differences.length} differences`
      : `${compared.facts} facts, ${compared.figures} figures, ${compared.behind} lists agree`,
  passed: differences.length === 0,
});

const Shown = z.union([
  z.object({ visits: z.object({ value: z.number() }) }).transform(({ visits }) => visits.value),
  z
    .object({ figures: z.array(z.object({ key: z.string(), value: z.number().nullable() })) })
    .transform(({ figures }) => figures.find(({ key }) => key === 'visits')?.value ?? undefined),
]);

/** The visits that a page shows; undefined before its first frame. */
export const visitsOn = (page: Pick<LivePage, 'latest'>): number | undefined => Shown.safeParse(page.latest).data;

/** @param visits what all pages must show in the end */
export function liveChecks(
  pages: readonly Pick<LivePage, 'latest' | 'breaks' | 'frames'>[],
  visits: number,
  disaster: Disaster | undefined,
): Check[] {
  const right = pages.filter((page) => visitsOn(page) === visits).length;
  const unbroken = pages.filter(({ breaks }) => breaks.length === 0);
  const shown: Check = {
    about: 'live',
    rule: `every live page shows the ${visits} visits in the end`,
    measured: `${right} of ${pages.length}`,
    passed: right === pages.length,
  };
  const measured = `${unbroken.length} of ${pages.length}`;
  if (!disaster) {
    const rule = 'no live page lost its connection';
    return [shown, { about: 'live', rule, measured, passed: unbroken.length === pages.length }];
  }
  const wentOn = unbroken.filter(
    ({ frames }) => (frames.at(-1) ?? 0) > disaster.at + (disaster.takenOverMs ?? Infinity),
  );
  const rule = 'pages on the surviving nodes went on without a break';
  return [
    shown,
    { about: 'live', rule, measured: `${wentOn.length} of ${measured} unbroken`, passed: wentOn.length > 0 },
  ];
}

const takenOverMsMax = 10_000;

export const nodeChecks = ({ takenOverMs, replacedMs }: Disaster): Check[] => [
  {
    about: 'node',
    rule: 'another node moves the figures on within 10 s',
    measured: inSeconds(takenOverMs),
    passed: takenOverMs !== null && takenOverMs <= takenOverMsMax,
  },
  { about: 'node', rule: 'the killed node is replaced', measured: inSeconds(replacedMs), passed: replacedMs !== null },
];

const inSeconds = (ms: number | null): string => (ms === null ? 'never' : `after ${(ms / 1000).toFixed(1)} s`);
