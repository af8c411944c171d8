import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { projectorDatabase } from '../../src/projector/database.ts';
import { type Mover, moverOf, ownersToken, readLog } from '../e2e/kept-facts.ts';
import { nodesOf } from '../e2e/nodes-of.ts';
import { aPlace, type Place } from '../e2e/played-fair.ts';
import { kill, type ServerProcess, startServer } from '../e2e/server-process.ts';
import { look, sound } from '../e2e/soundness.ts';
import { underLoad } from '../e2e/under-load.ts';

const size = { seed: 'hai máy chủ', visits: 200, copies: 3_000 };
const patiently = { timeout: 60_000, interval: 20 };
type Roles = { readonly mover: ServerProcess; readonly other: ServerProcess };

describe('two nodes on one database, when the one that moves the figures on', () => {
  let place: Place;
  let nodes: readonly ServerProcess[];
  let token: string;
  beforeEach(async () => {
    place = await aPlace();
    nodes = await Promise.all([startServer(place.environment), startServer(place.environment)]);
    token = await ownersToken(place);
  });
  afterEach(async () => {
    await Promise.all(nodes.map((node) => kill(node, 'SIGTERM')));
    await place.leave();
  });

  const projects = async ({ origin }: ServerProcess): Promise<boolean> =>
    (await nodesOf(origin)).some((node) => node.projects);

  const roles = (): Promise<Roles> =>
    vi.waitFor(async () => {
      const [one, two] = nodes;
      if (!one || !two) throw new Error('there are two nodes');
      if (await projects(one)) return { mover: one, other: two };
      if (await projects(two)) return { mover: two, other: one };
      throw new Error('nobody moves the figures on');
    }, patiently);

  /** Another holder has brought the figures up to the end of the log. */
  async function takenOver(from: Mover): Promise<Mover> {
    const head = (await readLog(place)).length;
    return vi.waitFor(async () => {
      const mover = await moverOf(place);
      expect(mover.holder).not.toBe(from.holder);
      expect(mover.epoch).toBeGreaterThan(from.epoch);
      expect(await checkpoint()).toBeGreaterThanOrEqual(head);
      return mover;
    }, patiently);
  }

  const checkpoint = async (): Promise<number> =>
    (
      await projectorDatabase(place.database.pool)
        .selectFrom('projection_generations')
        .select('position')
        .where('state', '=', 'current')
        .executeTakeFirstOrThrow()
    ).position;

  /** @returns who took over, and its former holder's process, if it is still there */
  async function killTheMover(): Promise<Mover> {
    const { mover, other } = await roles();
    const before = await moverOf(place);
    await kill(mover, 'SIGKILL');
    const [survivor, next] = await Promise.all([
      takenOver(before),
      startServer({ ...place.environment, PORT: new URL(mover.origin).port }),
    ]);
    nodes = [other, next];
    return survivor;
  }

  /** It comes back in the belief that it holds the lease, with what it had begun. */
  async function freezeTheMover(): Promise<Mover> {
    const { mover } = await roles();
    const before = await moverOf(place);
    mover.child.kill('SIGSTOP');
    try {
      return await takenOver(before);
    } finally {
      mover.child.kill('SIGCONT');
    }
  }

  test.each([
    ['is killed with -9 and started again', killTheMover],
    ['freezes and comes back to life with its old lease', freezeTheMover],
  ])('%s, nothing is lost or counted twice, and the other one goes on', async (_, disaster) => {
    const [one, two] = nodes.map(({ origin }) => origin);
    const origins = [one ?? '', two ?? ''] as const;
    const loaded = await underLoad({ origins, token, size }, disaster);
    const { fair, visits } = loaded.simulated;
    expect(loaded.answered.size).toBeGreaterThan(250);
    expect(visits.counted).toBe(visits.planned);
    expect(await look(place, loaded, { origins, token, fair })).toEqual(sound);
    expect((await moverOf(place)).epoch).toBeGreaterThanOrEqual(loaded.outcome.epoch);
  });
});
