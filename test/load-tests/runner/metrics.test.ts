import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNodes } from '../../../load-tests/runner/metrics.ts';

const measurements = `# HELP node_info Which process a node is
node_info{node="1",pid="123"} 1
node_info{pid="456",node="2"} 1
node_projects{node="1"} 0
node_projects{node="2"} 1
node_restarts_total{node="2"} 3
`;

describe('the nodes behind a port', () => {
  const server = createServer((_, response) => response.end(measurements));
  let origin: string;

  beforeAll(
    () =>
      new Promise<void>((resolve, reject) => {
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          if (address === null || typeof address === 'string') return reject(new Error('no port'));
          origin = `http://127.0.0.1:${address.port}`;
          resolve();
        });
      }),
  );
  afterAll(() => void server.close());

  it('are read from their measurements, and which of them moves the figures on', async () => {
    await expect(readNodes(origin)).resolves.toEqual([
      { node: '1', pid: 123, projects: false },
      { node: '2', pid: 456, projects: true },
    ]);
  });
});
