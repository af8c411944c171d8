import type { Kysely, Transaction } from 'kysely';
import { definition } from '../../projections/definition.ts';
import type { GenerationTables } from '../../projections/generations/tables.ts';
import type { Projection } from '../../projections/projection.ts';
import type { Builder } from './builder.ts';
import { compareTables } from './compare-tables.ts';
import type { ProjectorDatabase } from './database.ts';
import { whileBeating } from './while-beating.ts';

/** One figure of one fair that two generations give differently; empty where one of them has none. */
export type Difference = {
  readonly fair: string;
  readonly figure: string;
  readonly before: string;
  readonly after: string;
};

/** A generation, and a transaction in which it stands still. */
export type Standing = {
  readonly db: Transaction<GenerationTables>;
  readonly generation: number;
  readonly position: number;
};

/** Both stand at the same position. @returns every difference between what they say of these fairs */
export type Compare = (
  pair: { readonly before: Standing; readonly after: Standing },
  fairs: readonly string[] | 'all',
) => Promise<readonly Difference[]>;

/** `older`: of an older definition, whose figures may well differ. `unreadable`: this program cannot read those at all. */
export type Compared = 'nothing' | 'same' | 'older' | 'unreadable';

type Reference = { readonly generation: number; readonly position: number; readonly definition: number };

/** What is shown now: by this program, else by an older one. */
export const referenceOf = (db: Kysely<GenerationTables>): Promise<Reference | undefined> =>
  db
    .selectFrom('projection_generations')
    .select(['generation', 'position', 'definition'])
    .where('state', '=', 'current')
    .where('definition', '<=', definition)
    .orderBy('definition', 'desc')
    .executeTakeFirst();

/** So many fairs are compared while the living figures are held still. */
const fairsAtLast = 20;
const roundsMax = 5;

/**
 * Compares a generation that is being built with the one that is shown, fair by fair, each time at one position of
 * both. First all fairs, and all tables, on snapshots, so that nobody waits; then those with new facts, until few are left.
 */
export class Comparison {
  readonly #compare: Compare | undefined;
  readonly #projections: readonly Projection[];
  #tables: readonly Difference[] = [];
  readonly #found = new Map<string, readonly Difference[]>();
  #generation: number | undefined;
  compared: Compared = 'nothing';

  /** @param compare without it nothing is compared */
  constructor(compare: Compare | undefined, projections: readonly Projection[]) {
    this.#compare = compare;
    this.#projections = projections;
  }

  get differences(): readonly Difference[] {
    return [...[...this.#found.values()].flat(), ...this.#tables];
  }

  /** Whether all fairs were compared with this generation, but for what came since. */
  isWith(generation: number): boolean {
    return this.#compare === undefined || this.#generation === generation;
  }

  async rounds(db: ProjectorDatabase, builder: Builder): Promise<void> {
    if (!this.#compare) return;
    for (let round = 0; round < roundsMax; round += 1) {
      const fairs = await this.#round(db, builder);
      if (fairs !== 'all' && fairs.length <= fairsAtLast) return;
    }
  }

  /** The last round, in the transaction that holds the living generation still. */
  async last(pair: { readonly before: Standing; readonly after: Standing }, builder: Builder): Promise<void> {
    await this.#look(pair, builder.takeTouched());
  }

  /** @returns the fairs it compared */
  async #round(db: ProjectorDatabase, builder: Builder): Promise<readonly string[] | 'all'> {
    const reference = await referenceOf(db);
    if (!reference) return [];
    if (reference.definition === definition) return this.#roundWith(db, builder);
    this.compared = await this.#roundWith(db, builder).then(() => 'older' as const, unreadable);
    return [];
  }

  #roundWith(db: ProjectorDatabase, builder: Builder): Promise<readonly string[] | 'all'> {
    return onSnapshot(db, async (then) => {
      const before = await referenceOf(then);
      if (!before) return [];
      if (before.position < builder.position)
        throw new Error(`figures ${before.generation} were shown meanwhile, and are behind: rebuild again`);
      await builder.moveTo(before.position);
      const touched = builder.takeTouched();
      const fairs = this.#generation === before.generation ? touched : 'all';
      const { lease } = builder.replay;
      const look = () =>
        onSnapshot(db, async (now) => {
          const after = { db: now, generation: lease.generation, position: before.position };
          const pair = { before: { ...before, db: then }, after };
          if (before.definition !== definition) return this.#look(pair, fairs).catch(sayUnreadable);
          if (fairs === 'all') this.#tables = await compareTables(pair, this.#projections);
          return this.#look(pair, fairs);
        });
      await whileBeating(db, lease, look);
      this.#generation = before.generation;
      return fairs;
    });
  }

  async #look(
    pair: { readonly before: Standing; readonly after: Standing },
    fairs: readonly string[] | 'all',
  ): Promise<void> {
    if (!this.#compare || fairs.length === 0) return;
    const differences = await this.#compare(pair, fairs);
    if (fairs === 'all') this.#found.clear();
    else for (const fair of fairs) this.#found.delete(fair);
    for (const [fair, found] of Map.groupBy(differences, ({ fair }) => fair)) this.#found.set(fair, found);
    this.compared = 'same';
  }
}

/** Tables of another definition need not have what is asked for; the transactions that found this out are over. */
class Unreadable extends Error {}

const sayUnreadable = (cause: unknown): never => {
  throw new Unreadable('the figures of the older definition cannot be read', { cause });
};

const unreadable = (error: unknown): 'unreadable' => {
  if (error instanceof Unreadable) return 'unreadable';
  throw error;
};

const onSnapshot = <Answer>(
  db: ProjectorDatabase,
  read: (transaction: Transaction<GenerationTables>) => Promise<Answer>,
): Promise<Answer> => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
