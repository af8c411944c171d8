import { expect, it } from 'vitest';
import { nodeMetrics } from '../../src/metrics.ts';
import { mergeMeasurements } from '../../src/nodes/merge-measurements.ts';

it('says once what a metric is, and then the samples of every node', async () => {
  const nodes = [1, 2].map((node) => nodeMetrics({ node }));
  for (const [index, node] of nodes.entries()) {
    node.request({ method: 'GET', route: '/', status: 200, seconds: 0.01 * (index + 1) });
    const look = async () => ({ lag: { events: 7, seconds: 0.5 }, building: undefined, parkedEvents: 0 });
    node.projecting({ holdsLease: () => index === 1, isStopped: () => false, look });
  }
  const merged = mergeMeasurements(await Promise.all(nodes.map((node) => node.text())));
  for (const [, name = ''] of merged.matchAll(/^# TYPE (\S+) /gm)) {
    expect(merged.split(`# TYPE ${name} `)).toHaveLength(2);
  }
  expect(merged).toMatch(
    /# TYPE node_projects gauge\nnode_projects\{node="1"\} 0\nnode_projects\{node="2"\} 1\n(\n# HELP|$)/,
  );
  for (const node of [1, 2]) {
    expect(merged).toContain(`projection_behind_events{node="${node}"} 7\n`);
    expect(merged).toContain(`projection_behind_seconds{node="${node}"} 0.5\n`);
    expect(merged).toContain(`projection_stopped{node="${node}"} 0\n`);
    expect(merged).toContain(
      `http_request_duration_seconds_count{node="${node}",method="GET",route="/",status="200"} 1\n`,
    );
    expect(merged).toContain(`node_info{node="${node}",pid="${process.pid}"} 1\n`);
  }
  expect(merged.endsWith('\n')).toBe(true);
});

it('leaves one text as it is', () => {
  const one = `# HELP a what\n# TYPE a counter\na{node="1"} 1\n\n# HELP b what\n# TYPE b gauge\n`;
  expect(mergeMeasurements([one])).toBe(one);
});
