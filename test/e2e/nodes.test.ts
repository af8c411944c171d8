import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StoredEvent } from '../../events/envelope.ts';
import { planFair } from '../../src/demo/plan/plan-fair.ts';
import { eventually, isAlive } from '../support/processes.ts';
import { type Mover, moverOf, ownersToken, readLog } from './kept-facts.ts';
import { askAnew, type NodeSeen, nodesOf } from './nodes-of.ts';
import { aPlace, type Place } from './played-fair.ts';
import { kill, type ServerProcess, startServer } from './server-process.ts';
import { look, sound } from './soundness.ts';
import { type Loaded, underLoad } from './under-load.ts';
import { type Board, watchBoard } from './watched-board.ts';

const size = { seed: 'sau một cổng', visits: 400, copies: 8_000 };
const patiently = { timeout: 60_000, interval: 50 };

describe(
  'two nodes behind one port, the one that moves the figures on killed with -9 in the middle of the fair',
  { timeout: 120_000 },
  () => {
    let place: Place;
    let server: ServerProcess;
    let owner: string;
    let log: StoredEvent[];
    let loaded: Loaded;
    let boards: readonly Board[];
    let before: { readonly nodes: readonly NodeSeen[]; readonly mover: Mover };
    let takenOver: NodeSeen | undefined;
    const { fair } = planFair(size);

    beforeAll(async () => {
      place = await aPlace();
      server = await startServer(place.environment, ['--nodes', '2']);
      owner = await ownersToken(place);
      loaded = await underLoad({ origins: [server.origin], token: owner, size, factsBefore: 150 }, killTheMover);
      log = await readLog(place);
    }, 300_000);
    afterAll(async () => {
      await kill(server, 'SIGTERM');
      await place.leave();
    });

    async function boardsOnBothNodes(): Promise<readonly Board[]> {
      const boards: Board[] = [];
      // Connections go to the nodes in turn: an odd number each time round, so that boards get to every one of them.
      for (;;) {
        for (const _ of [1, 2]) boards.push(await watchBoard(`${server.origin}/api/fairs/${fair}/live`, owner));
        const { text } = await askAnew(`${server.origin}/metrics`);
        if ([...text.matchAll(/^live_streams\{node="\d"\} [1-9]\d*$/gm)].length === 2) return boards;
      }
    }

    async function killTheMover(): Promise<void> {
      boards = await boardsOnBothNodes();
      // A node that is slow to answer is missing in the measurements of that moment.
      const { nodes, victim } = await vi.waitFor(async () => {
        const seen = await nodesOf(server.origin);
        const mover = seen.find(({ projects }) => projects);
        if (!mover || seen.length < 2) throw new Error(`nobody moves the figures on: ${JSON.stringify(seen)}`);
        return { nodes: seen, victim: mover };
      }, patiently);
      before = { nodes, mover: await moverOf(place) };
      process.kill(victim.pid, 'SIGKILL');
      const by = await vi
        .waitFor(async () => {
          const nodes = await nodesOf(server.origin);
          const [next] = nodes.filter(({ pid, projects }) => projects && pid !== victim.pid);
          if (!next) throw new Error('nobody yet');
          return next;
        }, patiently)
        .catch(() => undefined);
      takenOver = by;
    }

    it('has everything that was answered in the log, once, and shows its figures, whichever node is asked', async () => {
      expect(loaded.answered.size).toBeGreaterThan(300);
      const origins = [1, 2, 3, 4].map(() => server.origin);
      expect(await look(place, loaded, { origins, token: owner, fair })).toEqual(sound);
    });

    it('has another node move the figures on soon', async () => {
      expect(takenOver).toMatchObject({ projects: true });
      const mover = await moverOf(place);
      expect(mover.holder).not.toBe(before.mover.holder);
      expect(mover.epoch).toBeGreaterThan(before.mover.epoch);
    });

    it('has another process in the place of the one that was killed, and says so', async () => {
      const victim = before.nodes.find(({ projects }) => projects);
      await vi.waitFor(async () => {
        const nodes = await nodesOf(server.origin);
        expect(nodes.map(({ node }) => node)).toEqual([1, 2]);
        expect(nodes.map(({ pid }) => pid)).not.toContain(victim?.pid);
      }, patiently);
      const { text } = await askAnew(`${server.origin}/metrics`);
      expect(text).toContain(`node_restarts_total{node="${victim?.node}"} 1\n`);
      for (const node of [1, 2]) expect(text).toMatch(new RegExp(`^live_streams\\{node="${node}"\\} \\d+$`, 'm'));
    });

    it('goes on with the boards of the other node, and only with those', async () => {
      const survivors = boards.filter((board) => board.end() === undefined);
      expect(survivors.length).toBeGreaterThan(0);
      expect(survivors.length).toBeLessThan(boards.length);
      for (const board of survivors) {
        await vi.waitFor(() => expect(board.positions.at(-1)).toBe(log.length), patiently);
        expect(board.positions).toEqual(board.positions.toSorted((a, b) => a - b));
      }
    });

    it('shows whoever comes back to a board the same', async () => {
      const again = await watchBoard(`${server.origin}/api/fairs/${fair}/live`, owner);
      expect(again.positions.at(-1)).toBe(log.length);
    });

    it('ends in good order when it is told to: boards closed, no process left', async () => {
      const { pids, open } = {
        pids: (await nodesOf(server.origin)).map(({ pid }) => pid),
        open: boards.filter((board) => board.end() === undefined),
      };
      await kill(server, 'SIGTERM');
      expect(server.child.exitCode).toBe(0);
      expect(pids.filter(isAlive)).toEqual([]);
      for (const board of open) await eventually(() => board.end() === 'in good order', 60);
      expect((await moverOf(place)).holder).toBeNull();
    });
  },
);
