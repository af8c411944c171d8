import { sql } from 'kysely';
import { definition } from '../../projections/definition.ts';
import { currentGeneration } from '../../projections/generations/queries.ts';
import type { EventStore } from '../store/event-store.ts';
import type { ProjectorDatabase } from './database.ts';
import { type Lag, lagOf } from './lag.ts';
import { Pace, type Progress } from './pace.ts';

/** How the figures are, whichever node or command moves them on. */
export type Look = {
  readonly lag: Lag;
  /** Of the figures that are being counted beside the living ones, or before there are any. */
  readonly building: Progress | undefined;
  /** Events that are in no figure, because a projection could not take them in. */
  readonly parkedEvents: number;
};

type Ground = {
  readonly store: Pick<EventStore, 'read' | 'head'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
};

/** Of whoever is at work something is heard more often than this. */
const silentSecondsMax = 60;

/** Looks at the figures from outside, now and then; who looks at the same time looks together. */
export class ProjectorWatch {
  readonly #db: ProjectorDatabase;
  readonly #ground: Ground;
  #paces = new Map<number, Pace>();
  #looking: Promise<Look> | undefined;

  constructor(db: ProjectorDatabase, ground: Ground) {
    this.#db = db;
    this.#ground = ground;
  }

  /** Fails where the database is away. */
  look(): Promise<Look> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<Look> {
    const lag = await lagOf(this.#db, this.#ground);
    return { lag, building: await this.#building(), parkedEvents: await this.#parkedEvents() };
  }

  async #building(): Promise<Progress | undefined> {
    const found = await newestBuilding(this.#db);
    if (!found) return undefined;
    const { generation, position, beganAt, now } = found;
    const pace = this.#paces.get(generation) ?? new Pace({ position: 0, atMs: beganAt.getTime() });
    this.#paces = new Map([[generation, pace]]);
    return pace.at({ position, atMs: now.getTime() }, await this.#ground.store.head());
  }

  async #parkedEvents(): Promise<number> {
    const current = await currentGeneration(this.#db);
    if (!current) return 0;
    const { events } = await this.#db
      .selectFrom('parked_events')
      .select(({ fn }) => fn.count<number>('position').distinct().as('events'))
      .where('generation', '=', current.generation)
      .executeTakeFirstOrThrow();
    return events;
  }
}

/** By the database's clock alone. */
const newestBuilding = (db: ProjectorDatabase) =>
  db
    .selectFrom('projection_generations')
    .select(['generation', 'position', 'created_at as beganAt', sql<Date>`clock_timestamp()`.as('now')])
    .where('definition', '=', definition)
    .where('state', '=', 'building')
    .where('heartbeat_at', '>', sql<Date>`clock_timestamp() - make_interval(secs => ${silentSecondsMax})`)
    .orderBy('generation', 'desc')
    .limit(1)
    .executeTakeFirst();
