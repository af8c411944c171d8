import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StoredEvent } from '../../events/envelope.ts';
import { parseCheckpoint } from '../../src/seal/checkpoint.ts';
import { rootOf } from '../../src/seal/frontier.ts';
import { leafHash } from '../../src/seal/leaf.ts';
import { OutsideCopies } from '../../src/seal/outside-copies.ts';
import { verifyByKeys } from '../../src/seal/published-keys.ts';
import { storedCheckpoint } from '../../src/seal/stored-tree.ts';
import { ownersToken, readLog } from './kept-facts.ts';
import { askAnew, nodesOf } from './nodes-of.ts';
import { aPlace, type Place } from './played-fair.ts';
import { kill, type ServerProcess, startServer } from './server-process.ts';
import { underLoad } from './under-load.ts';

const size = { seed: 'niêm phong', visits: 150, copies: 2_000 };
const patiently = { timeout: 60_000, interval: 100 };

describe('two nodes that seal one log, both killed with -9 in the middle of the fair', { timeout: 120_000 }, () => {
  let place: Place;
  let outside: OutsideCopies;
  let server: ServerProcess;
  let log: StoredEvent[];
  let metrics: string;
  let served: string;

  beforeAll(async () => {
    place = await aPlace();
    outside = new OutsideCopies({ dataDir: place.folder });
    server = await startServer(place.environment, ['--nodes', '2']);
    const token = await ownersToken(place);
    await underLoad({ origins: [server.origin], token, size, factsBefore: 60 }, killBoth);
    await vi.waitFor(lookWhenAllIsSealed, patiently);
    await kill(server, 'SIGTERM');
    log = await readLog(place);
  }, 300_000);
  afterAll(() => place.leave());

  async function lookWhenAllIsSealed(): Promise<void> {
    metrics = (await askAnew(`${server.origin}/metrics`)).text;
    served = (await askAnew(`${server.origin}/api/log/checkpoint`)).text;
    const [log] = await place.database.asOwner<{ head: number }>('select max(position)::int as head from events');
    const told = new Set([...metrics.matchAll(/^sealed_position\{node="\d"\} (\d+)$/gm)].map(([, at]) => Number(at)));
    if (told.size !== 1 || !told.has(log?.head ?? 0) || parseCheckpoint(served).size !== log?.head)
      throw new Error(`of ${log?.head} facts are sealed: ${[...told].join(', ')}`);
  }

  async function killBoth(): Promise<void> {
    await vi.waitFor(async () => (await outside.latest()) ?? never('sealed'), patiently);
    const before = await nodesOf(server.origin);
    for (const { pid } of before) process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => {
      const pids = (await nodesOf(server.origin)).map(({ pid }) => pid);
      return pids.filter((pid) => !before.some((gone) => gone.pid === pid)).length === 2 || never('back');
    }, patiently);
  }

  it('signed one tree, which only ever grew: each checkpoint is the log’s beginning, and the last one all of it', async () => {
    const sizes = await outside.checkpointSizes();
    const leaves = log.map(leafHash);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.at(-1)).toBe(log.length);
    const keys = await outside.keys();
    for (const size of sizes) {
      const note = (await outside.checkpoint(size)) ?? '';
      expect(verifyByKeys(note, keys), `of ${size}`).toMatchObject({ size, root: rootOf(leaves.slice(0, size)) });
    }
    expect(keys).toHaveLength(1);
  });

  it('has the same outside the database as in it, leaf by leaf', async () => {
    expect(await outside.leaves.read(0, log.length + 1)).toEqual(
      log.map((event) => ({ position: event.position, hash: leafHash(event) })),
    );
    expect(await storedCheckpoint(place.database.db)).toBe(await outside.latest());
  });

  it('answers with the checkpoint, and tells Prometheus how far it is', () => {
    const { size } = parseCheckpoint(served);
    expect(size).toBeGreaterThan(100);
    for (const node of [1, 2]) {
      expect(metrics).toContain(`sealed_position{node="${node}"} ${size}\n`);
      expect(metrics).toContain(`seal_behind_seconds{node="${node}"} 0\n`);
      expect(metrics).toContain(`seal_refused{node="${node}"} 0\n`);
    }
  });
});

const never = (what: string): never => {
  throw new Error(`not ${what} yet`);
};
