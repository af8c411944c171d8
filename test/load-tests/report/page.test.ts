import { describe, expect, it } from 'vitest';
import { reportPage } from '../../../load-tests/report/page.ts';
import type { Report } from '../../../load-tests/report/report.ts';

const second = { requests: 28, retries: 0, p50: 4, p95: 9, p99: 31.5, frames: 5 };
const report: Report = {
  options: { scenario: 'province', seed: '<b>', seconds: 20, nodes: 2, disaster: 'kill', output: 'words' },
  about: 'Mở cửa',
  startedAt: '2026-04-21T00:30:00.000Z',
  machine: { cpus: 2, model: 'Two & fast', loadBefore: 0.1, node: 'v24', k6: 'k6 v1.8.1' },
  passed: false,
  checks: [{ about: 'truth', rule: 'the figures are what was sent', measured: '1 differences', passed: false }],
  differences: ['visits: what was acknowledged makes 2, the platform says 1.'],
  figures: [{ key: 'visits', expected: 2, said: 1 }],
  counts: { facts: 2, requests: 3, repeats: 1, retries: 0 },
  caughtUpMs: 12,
  warmUpSeconds: 10,
  latencies: [{ kind: 'scan', count: 2, p50: 4, p95: 9, p99: 31.5, max: 1234 }],
  focus: { kind: 'scan', limitMs: 50 },
  seconds: [
    { ...second, second: 0 },
    { ...second, second: 1, p50: null, p95: null, p99: null },
    { ...second, second: 2 },
  ],
  killedAt: 1,
  live: { boards: 15, readers: 300, frames: 900, broken: 3 },
};
const page = reportPage(report);

describe('the page of a report', () => {
  it('needs nothing from anywhere, and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|@import|url\(|https?:/);
  });

  it('says what does not hold, and where the difference is', () => {
    expect(page).toContain('✗ Not everything holds');
    expect(page).toContain('<li>visits: what was acknowledged makes 2, the platform says 1.</li>');
  });

  it('writes text as text', () => {
    expect(page).toContain('seed &lt;b&gt;');
    expect(page).toContain('Two &amp; fast');
  });

  it('draws no line over a second without an answer', () => {
    expect(page).toContain('d="M0 95h0M100 95h0"');
  });

  it('has the numbers of each chart in a table behind it', () => {
    const [latency = '', requests = '', live = ''] = page.match(/<details>[\s\S]*?<\/details>/g) ?? [];
    expect(latency).toContain('<tr><th scope="row">1</th><td>–</td><td>–</td><td>–</td></tr>');
    expect(requests).toContain('<tr><th scope="row">2</th><td>28</td><td>0</td></tr>');
    expect(live).toContain('<tr><th scope="row">0</th><td>5</td></tr>');
  });

  it('marks the moment at which a node was killed', () => {
    expect(page.match(/class="mark" d="M50 0V100"/g)).toHaveLength(3);
  });
});
