import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { planFair } from '../../src/demo/plan/plan-fair.ts';
import { ownersToken } from '../e2e/kept-facts.ts';
import { aPlace, type Place } from '../e2e/played-fair.ts';
import { kill, type ServerProcess, startServer } from '../e2e/server-process.ts';
import { look, sound } from '../e2e/soundness.ts';
import { underLoad } from '../e2e/under-load.ts';
import { someId } from '../store/some-items.ts';
import { type Proxy, proxyTo } from '../store/postgres/proxy.ts';

const size = { seed: 'im lặng', visits: 200, copies: 3_000 };
const { fair, gate } = planFair(size);
const patiently = { timeout: 200_000, interval: 100 };

describe('a database that takes what is asked and answers nothing, in the middle of a fair', () => {
  let place: Place;
  let proxy: Proxy;
  let server: ServerProcess;
  beforeEach(async () => {
    place = await aPlace();
    proxy = await proxyTo(place.database.appUrl);
    server = await startServer({ ...place.environment, DATABASE_URL: proxy.url });
  });
  afterEach(async () => {
    proxy.cutAll();
    await kill(server, 'SIGTERM');
    await proxy.close();
    await place.leave();
  });

  /** Whoever registers a group asks for who they are, the vault and the log. */
  async function register(): Promise<number> {
    const [group] = gate.groups;
    const leader = { name: 'Trưởng đoàn', phone: '0912345678', consents: [{ purpose: 'group-visit', version: '1' }] };
    const response = await fetch(`${server.origin}/api/fairs/${fair}/groups/${someId()}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...group?.details, leader, repeatKey: someId() }),
    });
    await response.body?.cancel();
    return response.status;
  }
  const manyRegister = (): Promise<number[]> => Promise.all(Array.from({ length: 30 }, register));

  /** Every connection that there is stays open, and nothing comes through any more. */
  async function everyConnectionSilent(): Promise<{ readonly statuses: readonly number[]; readonly waitedMs: number }> {
    expect(new Set(await manyRegister())).toEqual(new Set([200]));
    proxy.freeze();
    const frozenAt = performance.now();
    const statuses = await manyRegister();
    const waitedMs = performance.now() - frozenAt;
    await expect.poll(async () => new Set(await manyRegister()), patiently).toEqual(new Set([200]));
    proxy.cutAll();
    return { statuses, waitedMs };
  }

  test('is told to whoever asks, is asked again over other connections, and nothing is lost or counted twice', async () => {
    const load = { origins: [server.origin], token: await ownersToken(place), size } as const;
    const loaded = await underLoad(load, everyConnectionSilent);
    const { visits } = loaded.simulated;
    // Who waits for the log is asked for again and answered late; who waits for anything else is told to come again.
    expect(new Set([200, 503])).toEqual(new Set([200, 503, ...loaded.outcome.statuses]));
    // What was asked over a connection from before was given up before it was asked again.
    expect(loaded.outcome.waitedMs).toBeGreaterThan(5000);
    expect(visits.counted).toBe(visits.planned);
    expect(await look(place, loaded, { ...load, fair })).toEqual(sound);
  });
});
