import { projections } from '../../projections/index.ts';
import type { Chance } from '../../src/demo/plan/chance.ts';
import { applyBatch } from '../../src/projector/apply-batch.ts';
import { projectorDatabase, type ProjectorDatabase } from '../../src/projector/database.ts';
import { dropOld, ensureGeneration } from '../../src/projector/generation.ts';
import { holdLease, LeaseLost, takeLease } from '../../src/projector/lease.ts';
import { nextStage, type Stage } from '../../src/projector/publish.ts';
import type { Compare } from '../../src/projector/comparison.ts';
import { compareFigures } from '../../src/figures/compare.ts';
import { rebuild } from '../../src/projector/rebuild.ts';
import { Replay } from '../../src/projector/replay.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import type { FreshDatabase } from '../support/database.ts';
import type { Ground } from './world/ground.ts';

type Held = { readonly replay: Replay; position: number; stage: Stage };

/** A node dies in the middle of a batch, after its last statement and before the commit. */
class Died extends Error {
  override readonly name = 'Died';
}

/**
 * The projectors of several nodes, which take the lease from each other in mid run, die in mid batch, and read the log
 * in batches of chance.
 */
export class Projectors {
  readonly #db: ProjectorDatabase;
  readonly #store: EventStore;
  readonly #chance: Chance;
  readonly #clock: () => number;
  readonly #held: (Held | undefined)[];

  constructor({ pool }: Pick<FreshDatabase, 'pool'>, { store, timeline }: Ground, chance: Chance) {
    this.#clock = () => timeline.now;
    this.#db = projectorDatabase(pool);
    this.#store = store;
    this.#chance = chance;
    this.#held = Array.from({ length: 3 }, () => undefined);
  }

  /** Makes room for another log: what was there is no earlier state of it. */
  async begin(): Promise<void> {
    await this.#db
      .updateTable('projection_generations')
      .set({ state: 'retired', retired_at: new Date(0) })
      .execute();
    await dropOld(this.#db, { graceSeconds: 0 });
    await ensureGeneration(this.#db, { store: this.#store, projections });
  }

  /** One of the nodes moves the figures on a little, or tries to; now and then all of them are counted anew. */
  async step(): Promise<void> {
    if (this.#chance.happens(0.15)) return this.#countAnew();
    const node = this.#chance.between(0, this.#held.length - 1);
    const batchMax = this.#chance.weighted([
      [3, 1],
      [17, 2],
      [60, 2],
      [5000, 1],
    ]);
    const dies = this.#chance.happens(0.15);
    const holder = this.#held.findIndex((held) => held !== undefined);
    // Mostly the one that has the lease goes on; now and then another one takes it, without asking.
    const acting = holder >= 0 && this.#chance.happens(0.6) ? holder : node;
    await this.#moveOn(acting, { batchMax, dies });
  }

  /** Moves the figures on to the end of the log. */
  async finish(): Promise<void> {
    const head = await this.#store.head();
    for (;;) {
      const node = this.#chance.between(0, this.#held.length - 1);
      await this.#moveOn(node, { batchMax: this.#chance.between(20, 5000), dies: false });
      const held = this.#held[node];
      if (held?.stage === 'current' && held.position >= head) return;
    }
  }

  async #moveOn(node: number, { batchMax, dies }: { batchMax: number; dies: boolean }): Promise<void> {
    try {
      const held = this.#held[node] ?? (await this.#takeOver(node));
      if (!held) return;
      const events = await this.#store.read(held.position, batchMax);
      if (events.length === 0 && held.stage !== 'current') {
        const { lease } = held.replay;
        held.stage = await nextStage(this.#db, { lease, stage: held.stage, position: held.position, projections });
      } else if (events.length > 0) {
        const batch = { from: held.position, events };
        if (dies) await this.#dieIn(held.replay, batch);
        held.position = (await applyBatch(this.#db, held.replay, batch)).position;
      }
    } catch (error) {
      this.#held[node] = undefined;
      if (!(error instanceof LeaseLost) && !(error instanceof Died)) throw error;
    }
  }

  /** Another generation beside the one that is read, which takes its place. */
  async #countAnew(): Promise<void> {
    const batchMax = this.#chance.between(10, 500);
    const compare: Compare = (pair, fairs) => compareFigures(pair, { fairs, now: this.#clock() });
    const about = { holder: 'rebuilder', batchMax, compare };
    const { unexplained } = await rebuild({ db: this.#db, store: this.#store, projections, ...about });
    if (unexplained.length > 0) throw new Error(`counted anew they differ: ${JSON.stringify(unexplained)}`);
  }

  async #takeOver(node: number): Promise<Held | undefined> {
    const { generation, isCurrent } = await ensureGeneration(this.#db, { store: this.#store, projections });
    // Whoever holds it is taken for dead, which it is not.
    const taken = await takeLease(this.#db, { generation, holder: `node ${node}`, staleSeconds: 0 });
    if (!taken) return undefined;
    const replay = await Replay.open(this.#db, { ...taken, store: this.#store, projections });
    const held = { replay, position: taken.position, stage: isCurrent ? ('current' as const) : ('building' as const) };
    this.#held[node] = held;
    return held;
  }

  async #dieIn(replay: Replay, { from, events }: Parameters<typeof applyBatch>[2]): Promise<never> {
    return this.#db.transaction().execute(async (transaction) => {
      await holdLease(transaction, replay.lease);
      await replay.apply(transaction, from, events);
      throw new Died();
    });
  }
}
