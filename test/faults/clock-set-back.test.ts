import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type RunningNode, startNode } from '../../src/node.ts';
import { ownersToken } from '../e2e/kept-facts.ts';
import { aPlace, type Place } from '../e2e/played-fair.ts';
import { look, sound } from '../e2e/soundness.ts';
import { underLoad } from '../e2e/under-load.ts';

const size = { seed: 'đồng hồ chạy lùi', visits: 200, copies: 3_000 };
const hourMs = 3_600_000;

describe('a clock that is set back in the middle of a fair', () => {
  let place: Place;
  const nodes: RunningNode[] = [];
  beforeEach(async () => {
    place = await aPlace();
  });
  afterEach(async () => {
    await Promise.all(nodes.splice(0).map((node) => node.close()));
    await place.leave();
  });

  async function start(clock: () => number): Promise<RunningNode> {
    const config = readConfig(place.environment);
    const onLost = (error: unknown) => {
      throw error;
    };
    const node = await startNode(config, { log: createLog(config, process.stderr), clock, onLost });
    nodes.push(node);
    return node;
  }

  test('by an hour, on one node and then on all, never takes the log back in time, and changes no figure', async () => {
    const setBack = { [0]: 0, [1]: 0 };
    const one = await start(() => Date.now() - setBack[0]);
    const two = await start(() => Date.now() - setBack[1]);
    const load = { origins: [one.origin, two.origin], token: await ownersToken(place), size, factsBefore: 40 } as const;
    const grown = async (from: number) => {
      await expect.poll(() => one.ports.store.head(), { timeout: 60_000, interval: 5 }).toBeGreaterThan(from + 20);
    };
    const loaded = await underLoad(load, async () => {
      setBack[0] = hourMs;
      await grown(await one.ports.store.head());
      setBack[1] = hourMs;
      const head = await one.ports.store.head();
      await grown(head);
      return { head, latest: Date.now() };
    });
    const { simulated, outcome } = loaded;
    expect(simulated.visits.counted).toBe(simulated.visits.planned);
    expect(await look(place, loaded, { ...load, fair: simulated.fair })).toEqual(sound);
    const [last] = await one.ports.store.read((await one.ports.store.head()) - 1, 1);
    expect(last?.position).toBeGreaterThan(outcome.head + 20);
    expect(last?.recordedAt).toBeGreaterThan(outcome.latest - hourMs / 2);
    expect(last?.recordedAt).toBeLessThanOrEqual(outcome.latest);
  });
});
