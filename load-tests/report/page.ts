import { type Chart, chart } from './charts.ts';
import { text } from './markup.ts';
import type { Check, Report } from './report.ts';
import { style } from './style.ts';

/** The report as one HTML page that needs nothing else: no script, no font, no picture from anywhere. */
export function reportPage(report: Report): string {
  const { options, about, startedAt, passed } = report;
  const title = `Load: ${options.scenario}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} – Hội Sách</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${text(title)}</h1>
<p>${text(about)}</p>
<p class="muted">${text(startedAt)} · ${options.seconds} s after ${report.warmUpSeconds} s of warm-up · ${nodesOf(options.nodes)} · seed ${text(options.seed)}</p>
<p class="verdict ${passed ? 'yes' : 'no'}">${passed ? '✓ Everything holds' : '✗ Not everything holds'}</p>
${numbers(report)}
<h2>What had to hold</h2>
${checks(report.checks)}
${differences(report)}
<h2>Over time</h2>
<div class="charts">
${chartsOf(report).map(chart).join('\n')}
</div>
<h2>How long an answer took</h2>
<p class="note">In ms, without the warm-up, as k6 measured it: from the first byte sent to the last byte received.</p>
${table(
  ['request', 'count', 'p50', 'p95', 'p99', 'longest'],
  report.latencies.map(({ kind, count, p50, p95, p99, max }) => [kind, count, ...[p50, p95, p99, max].map(ms)]),
)}
<h2>The figures</h2>
<p class="note">Counted from what was acknowledged alone, by the definitions of the metric dictionary, beside what the platform says.</p>
${table(
  ['figure', 'must be', 'is'],
  report.figures.map(({ key, expected, said }) => [key, number(expected), said === null ? '–' : number(said)]),
)}
<h2>The machine</h2>
<p>${report.machine.cpus} × ${text(report.machine.model)}, shared by server, database and k6; average load of the minute before: ${report.machine.loadBefore.toFixed(1)}.</p>
<p>Node ${text(report.machine.node)}, ${text(report.machine.k6)}.</p>
</main>
</body>
</html>
`;
}

function numbers({ counts, live, caughtUpMs, latencies, focus }: Report): string {
  const main = latencies.find(({ kind }) => kind === focus.kind);
  const shown: readonly (readonly [string, string])[] = [
    ['facts acknowledged', number(counts.facts)],
    ['requests', number(counts.requests)],
    [`p99 of a ${focus.kind}`, main ? `${ms(main.p99)} ms` : '–'],
    ['sent again', number(counts.retries)],
    ['live pages', number(live.boards + live.readers)],
    ['figures complete after', `${number(caughtUpMs)} ms`],
  ];
  return `<dl class="numbers">${shown.map(([name, value]) => `<div><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`).join('')}</dl>`;
}

const checks = (all: readonly Check[]): string =>
  `<div class="wide" tabindex="0"><table><thead><tr><th scope="col"></th><th scope="col">rule</th><th scope="col">measured</th></tr></thead><tbody>${all
    .map(
      ({ passed, rule, measured }) =>
        `<tr><td class="${passed ? 'yes' : 'no'}">${passed ? '✓ holds' : '✗ fails'}</td><td>${text(rule)}</td><td>${text(measured)}</td></tr>`,
    )
    .join('')}</tbody></table></div>`;

const differences = ({ differences: all }: Report): string =>
  all.length === 0 ? '' : `<h2>Differences</h2><ul>${all.map((each) => `<li>${text(each)}</li>`).join('')}</ul>`;

function chartsOf({ seconds, focus, killedAt, live }: Report): Chart[] {
  const marks = killedAt === null ? [] : [{ name: 'a node was killed', second: killedAt }];
  const of = (value: (second: Report['seconds'][number]) => number | null) => seconds.map(value);
  const limit =
    focus.limitMs === null ? undefined : { name: `limit of p99, ${focus.limitMs} ms`, value: focus.limitMs };
  return [
    {
      id: 'latency',
      title: `How long a ${focus.kind} took, in ms`,
      note: 'Each point is of the last five seconds, warm-up included.',
      unit: 'ms',
      curves: [
        { name: 'p50', style: 'first', values: of(({ p50 }) => p50) },
        { name: 'p95', style: 'second', values: of(({ p95 }) => p95) },
        { name: 'p99', style: 'third', values: of(({ p99 }) => p99) },
      ],
      limit,
      marks,
    },
    {
      id: 'requests',
      title: 'Requests a second',
      note: 'Writes and reads together; those sent again apart.',
      unit: 'requests a second',
      curves: [
        { name: 'requests', style: 'first', values: of(({ requests }) => requests) },
        { name: 'sent again', style: 'third', values: of(({ retries }) => retries) },
      ],
      marks,
    },
    {
      id: 'live',
      title: 'Frames a second on a live page',
      note: `The average of ${live.boards} boards and ${live.readers} public pages; at most five a second are drawn.`,
      unit: 'frames a second',
      curves: [{ name: 'frames', style: 'first', values: of(({ frames }) => frames) }],
      marks,
    },
  ];
}

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `<div class="wide" tabindex="0"><table><thead><tr>${head.map((each, at) => `<th scope="col"${at === 0 ? '' : ' class="num"'}>${text(each)}</th>`).join('')}</tr></thead><tbody>${rows
    .map(
      ([first = '', ...others]) =>
        `<tr><th scope="row">${text(String(first))}</th>${others.map((each) => `<td class="num">${text(String(each))}</td>`).join('')}</tr>`,
    )
    .join('')}</tbody></table></div>`;

const ms = (value: number): string => {
  const digits = value < 100 ? 1 : 0;
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
};
const number = (value: number): string => value.toLocaleString('en');
const nodesOf = (nodes: number): string => (nodes === 1 ? 'one node' : `${nodes} nodes`);
