import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownersToken } from '../e2e/kept-facts.ts';
import { aPlace, type Place } from '../e2e/played-fair.ts';
import { kill, type ServerProcess, startServer } from '../e2e/server-process.ts';
import { look, sound } from '../e2e/soundness.ts';
import { underLoad } from '../e2e/under-load.ts';
import { type Proxy, proxyTo } from '../store/postgres/proxy.ts';

const size = { seed: 'đứt dây', visits: 200, copies: 3_000 };
const rounds = [1, 2, 3, 4, 5, 6];

describe('connections to the database that drop in the middle of a fair', () => {
  let place: Place;
  let proxy: Proxy;
  let server: ServerProcess;
  beforeEach(async () => {
    place = await aPlace();
    proxy = await proxyTo(place.database.appUrl);
    server = await startServer({ ...place.environment, DATABASE_URL: proxy.url });
  });
  afterEach(async () => {
    await kill(server, 'SIGTERM');
    await proxy.close();
    await place.leave();
  });

  /** Answers that never arrive, all connections at once, and the server’s end of them. */
  async function dropAgainAndAgain(): Promise<number> {
    for (const _ of rounds) {
      const before = proxy.cuts();
      proxy.swallowAnswers(3);
      await expect.poll(() => proxy.cuts(), { timeout: 30_000 }).toBe(before + 3);
      proxy.cutAll();
      await place.database.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like 'hoi-sach%' and pid <> pg_backend_pid()`);
    }
    return proxy.cuts();
  }

  test('lose nothing and count nothing twice', async () => {
    const load = { origins: [server.origin], token: await ownersToken(place), size } as const;
    const loaded = await underLoad(load, dropAgainAndAgain);
    const { fair, visits } = loaded.simulated;
    expect(loaded.outcome).toBeGreaterThan(4 * rounds.length);
    expect(visits.counted).toBe(visits.planned);
    expect(await look(place, loaded, { ...load, fair })).toEqual(sound);
  });
});
