import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { planFair } from '../../src/demo/plan/plan-fair.ts';
import { ownersToken } from '../e2e/kept-facts.ts';
import { aPlace, type Place } from '../e2e/played-fair.ts';
import { kill, type ServerProcess, startServer } from '../e2e/server-process.ts';
import { look, sound } from '../e2e/soundness.ts';
import { underLoad } from '../e2e/under-load.ts';
import { someId } from '../store/some-items.ts';
import { Flood } from './flood.ts';

const size = { seed: 'không còn chỗ', visits: 200, copies: 3_000 };
const patiently = { timeout: 60_000, interval: 20 };
const poolSizeMax = 10;
const { fair, gate } = planFair(size);

describe('in the middle of a fair', () => {
  let place: Place;
  let server: ServerProcess;
  let token: string;
  beforeEach(async () => {
    place = await aPlace();
    server = await startServer({ ...place.environment, LIMIT_PER_TOKEN: '10000' });
    token = await ownersToken(place);
  });
  afterEach(async () => {
    await kill(server, 'SIGTERM');
    await place.leave();
  });

  /** Has something locked while `meanwhile` goes on. */
  async function locking<Outcome>(lock: string, meanwhile: () => Promise<Outcome>): Promise<Outcome> {
    const locker = new pg.Client({ connectionString: place.database.ownerUrl });
    await locker.connect();
    try {
      await locker.query(`begin; ${lock}`);
      return await meanwhile();
    } finally {
      await locker.end();
    }
  }

  const count = async (rows: string): Promise<number> => (await place.database.asOwner(rows)).length;

  /** Nobody could say for five seconds that the holder of the lease lives. */
  const leaseIsStale = async () => {
    await expect
      .poll(
        () =>
          count(`select from projection_generations
            where state = 'current' and heartbeat_at < clock_timestamp() - interval '5 seconds'`),
        patiently,
      )
      .toBe(1);
  };

  const stuck = () =>
    count(`select from pg_stat_activity where datname = current_database()
      and application_name = 'hoi-sach' and wait_event_type = 'Lock'`);

  /** Whoever registers a group waits for the vault, each with a connection of its own. */
  const register = async (): Promise<number> => {
    const [group] = gate.groups;
    const leader = { name: 'Trưởng đoàn', phone: '0912345678', consents: [{ purpose: 'group-visit', version: '1' }] };
    const response = await fetch(`${server.origin}/api/fairs/${fair}/groups/${someId()}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...group?.details, leader, repeatKey: someId() }),
    });
    return response.status;
  };

  async function everyConnectionStuck(): Promise<void> {
    const registered: Promise<number>[] = [];
    await locking('lock table contacts in access exclusive mode', async () => {
      for (let n = 0; n < 2 * poolSizeMax; n += 1) registered.push(register());
      await expect.poll(stuck, patiently).toBe(poolSizeMax);
      await leaseIsStale();
    });
    expect(new Set(await Promise.all(registered))).toEqual(new Set([200]));
  }

  async function noConnectionLeft(): Promise<void> {
    await place.database.asOwner(`alter database ${nameOf(place)} connection limit 0`);
    await place.database.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name like 'hoi-sach%'`);
    await leaseIsStale();
    await place.database.asOwner(`alter database ${nameOf(place)} connection limit -1`);
  }

  test.each([
    ['every connection of the pool is stuck for seconds', everyConnectionStuck],
    ['the database takes no connection for seconds', noConnectionLeft],
  ])('%s: nothing is lost or counted twice', async (_, disaster) => {
    const load = { origins: [server.origin], token, size, factsBefore: 60 } as const;
    const loaded = await underLoad(load, disaster);
    const { visits } = loaded.simulated;
    expect(visits.counted).toBe(visits.planned);
    expect(await look(place, loaded, { ...load, fair })).toEqual(sound);
  });

  test('the queue before the log is full: what has no room is told so, and is in the log once when it was sent again', async () => {
    const load = { origins: [server.origin], token, size } as const;
    const flood = new Flood({ origin: server.origin, fair, token });
    const loaded = await underLoad(load, async () => {
      const waves: Promise<void>[] = [];
      await locking('select from log_head for update', async () => {
        waves.push(flood.send());
        await expect.poll(() => flood.refused, patiently).toBeGreaterThan(0);
      });
      await Promise.all(waves);
      await flood.sendUntilTaken();
    });
    const answered = new Map([...loaded.answered, ...flood.taken]);
    expect(await look(place, { answered }, { ...load, fair })).toEqual(sound);
  });
});

const nameOf = ({ database }: Place): string =>
  new URL(database.ownerUrl.replace(/@[^/]*\//, '@localhost/')).pathname.slice(1);
