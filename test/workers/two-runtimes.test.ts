import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { FiguresDocument } from '../../src/contract/figures.ts';
import { kill, type ServerProcess, startServer } from '../e2e/server-process.ts';
import { done, newId, positionIn } from '../spine/asking.ts';
import { followLive, type LiveStream, visitsIn } from '../spine/live-stream.ts';
import { aPass, type OpenFair, openFair, scanOf, times } from '../spine/open-fair.ts';
import { type Spine, spine } from '../spine/place.ts';

const scansEachWay = 9;
const patiently = { timeout: 60_000, interval: 200 };

describe('a Worker and a node on one database', () => {
  let worker: Spine;
  let node: ServerProcess;
  let fair: OpenFair;
  let folder: string;
  let visits = 0;

  beforeAll(async () => {
    worker = await spine();
    const { appUrl, ownerUrl, vaultKey } = inject('workerPlace');
    folder = await mkdtemp(join(tmpdir(), 'hoi-sach-two-runtimes-'));
    const environment = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, VAULT_KEY: vaultKey, DATA_DIR: folder };
    node = await startServer(environment);
    fair = await openFair(worker);
  });
  afterAll(async () => {
    await kill(node, 'SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  /** Sends scans to one and watches the board of the other. @returns ms from the answer to the board, sorted */
  async function lagsFrom(gate: string, board: LiveStream): Promise<number[]> {
    const lags: number[] = [];
    for (let scan = 0; scan < scansEachWay; scan += 1) {
      const { token } = await aPass(fair);
      const about = { token: fair.device.token, body: scanOf(token) };
      await done(gate, 'PUT', `/api/fairs/${fair.fair}/scans/${newId()}`, about);
      const answeredAt = performance.now();
      visits += 1;
      await board.showing(visits);
      lags.push(Math.round(performance.now() - answeredAt));
    }
    return lags.sort((a, b) => a - b);
  }

  test.each([
    { from: 'the Worker', to: 'the node' },
    { from: 'the node', to: 'the Worker' },
  ])(
    'a scan on $from shows on a live board of $to within 2 s',
    async ({ from, to }) => {
      const [gate, shop] = from === 'the Worker' ? [worker.origin, node.origin] : [node.origin, worker.origin];
      const board = await followLive(shop, fair.fair, fair.tokens.viewer);
      await board.showing(visits);
      const lags = await lagsFrom(gate, board);
      await board.leave();
      const median = lags[Math.floor(lags.length / 2)];
      process.stdout.write(`a scan on ${from} on the board of ${to}: ${lags.join(', ')} ms, median ${median} ms\n`);
      expect(median).toBeLessThan(2000);
    },
    60_000,
  );

  test('the Worker answers for what the node seals: the same checkpoint, and proofs that lead to it', async () => {
    const ask = async (origin: string, path: string) => (await fetch(`${origin}/api/log/${path}`)).text();
    const both = async (path: string) => [await ask(worker.origin, path), await ask(node.origin, path)] as const;
    await vi.waitFor(async () => {
      const [onWorker, onNode] = await both('checkpoint');
      expect(onWorker).toMatch(/^hoi-sach\/[0-9a-f]{16}\n\d+\n.{44}\n\n— hoi-sach/);
      expect(onWorker).toBe(onNode);
    }, patiently);
    for (const path of ['keys', 'proofs/inclusion?leaf=0&size=1', 'proofs/consistency?from=1&to=1']) {
      const [onWorker, onNode] = await both(path);
      expect(onWorker, path).toMatch(/^\{/);
      expect(onWorker, path).toBe(onNode);
    }
    const headers = { authorization: `Bearer ${fair.tokens.owner}` };
    const receipt: unknown = await (await fetch(`${worker.origin}/api/log/receipts/1`, { headers })).json();
    expect(receipt).toMatchObject({ leaf: 0, envelope: { position: 1 } });
  });

  test('both show the same figures, which are those of what was sent', async () => {
    const about = { token: fair.device.token, body: { gate: 'G1', persons: 25, ...times() } };
    const counted = await done(worker.origin, 'PUT', `/api/fairs/${fair.fair}/walk-ins/${newId()}`, about);
    visits += 25;
    const path = `/api/fairs/${fair.fair}/figures?after=${positionIn(counted)}`;
    const [onNode, onWorker] = await Promise.all(
      [node.origin, worker.origin].map(async (origin) =>
        FiguresDocument.parse(await done(origin, 'GET', path, { token: fair.tokens.viewer })),
      ),
    );
    expect(onNode && visitsIn(onNode)).toBe(visits);
    expect(onWorker?.figures).toEqual(onNode?.figures);
    expect(onWorker?.breakdowns).toEqual(onNode?.breakdowns);
  });
});
