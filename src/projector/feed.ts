import { type QueryExecutorProvider, sql } from 'kysely';
import type { ProjectedFact } from '../../events/catalogue.ts';
import type { CauseOf, Earlier, Fold, FoldStart, Projection } from '../../projections/projection.ts';
import { InexactInteger } from '../database/connect.ts';
import type { Parked } from './upcasting.ts';

/** What a projection was fed before, but for what it is fed in the transaction that goes on. */
export type FedBefore = {
  readonly inStreams: (streams: readonly string[], isFedNow: IsFedNow) => ReturnType<Earlier['inStreams']>;
  readonly streamsAt: Earlier['streamsAt'];
};
export type IsFedNow = (position: number) => boolean;

/**
 * `trusting`: nothing is expected to fail, and what fails ends the transaction with `FoldFailed`; it costs nothing.
 * `careful`: each projection has a savepoint to go back to, and what it cannot fold is found and left out.
 */
export type Care = 'trusting' | 'careful';

/** An event could not be folded. What it was has to be found in another transaction, carefully. */
export class FoldFailed extends Error {
  override readonly name = 'FoldFailed';

  constructor(projection: string, cause: Error) {
    super(`${projection} could not fold a batch: ${cause.message}`, { cause });
  }
}

/** A projection with what it keeps in memory between batches. */
export class Feeder {
  readonly projection: Projection;
  readonly #earlier: Earlier;
  #fold: Fold;
  /** Positions of what the transaction that goes on has fed. */
  readonly #fedNow = new Set<number>();

  constructor(projection: Projection, { tables, before }: Pick<FoldStart, 'tables'> & { readonly before: FedBefore }) {
    this.projection = projection;
    this.#earlier = {
      inStreams: (streams) => before.inStreams(streams, (position) => this.#fedNow.has(position)),
      streamsAt: before.streamsAt,
    };
    this.#fold = projection.open({ tables, earlier: this.#earlier });
  }

  /** Called when a transaction begins. */
  begin(): void {
    this.#fedNow.clear();
  }

  /** Forgets what the fold has in memory: of one that failed, or whose transaction did, it is worth nothing. */
  startAgain(): void {
    this.#fold = this.#opened();
  }

  /**
   * Folds events into the tables of the projection. Those it cannot fold are left out, and returned.
   * @param db a transaction
   * @throws FoldFailed when it was trusting
   * @throws whatever the database throws that is no event's fault; nothing is parked for that
   */
  async feed(db: QueryExecutorProvider, { care, ...feeding }: Feeding & { readonly care: Care }): Promise<Parked[]> {
    if (care === 'careful' || feeding.events.length === 0) return this.#feedCarefully(db, feeding);
    const failed = await errorOf(this.#fold, db, feeding);
    if (failed) throw new FoldFailed(this.projection.name, failed);
    this.#wasFed(feeding.events);
    return [];
  }

  async #feedCarefully(db: QueryExecutorProvider, { events, causeOf }: Feeding): Promise<Parked[]> {
    const parked: Parked[] = [];
    let rest = events;
    while (rest.length > 0) {
      const failed = await this.#feedTo(this.#fold, db, { events: rest, causeOf });
      if (failed === undefined) return parked;
      this.startAgain();
      const poison = await this.#firstPoison(db, { events: rest, causeOf });
      await this.#feedHealthy(db, { events: rest.slice(0, poison?.index), causeOf });
      if (!poison) return parked;
      parked.push({ event: poison.event, projection: this.projection.name, error: poison.error.message });
      rest = rest.slice(poison.index + 1);
    }
    return parked;
  }

  async #feedTo(fold: Fold, db: QueryExecutorProvider, feeding: Feeding): Promise<Error | undefined> {
    const failed = await undoableErrorOf(fold, db, feeding, 'keep');
    if (!failed) this.#wasFed(feeding.events);
    return failed;
  }

  #wasFed(events: readonly ProjectedFact[]): void {
    for (const { position } of events) this.#fedNow.add(position);
  }

  #opened(): Fold {
    return this.projection.open({ tables: 'filled', earlier: this.#earlier });
  }

  async #feedHealthy(db: QueryExecutorProvider, feeding: Feeding): Promise<void> {
    if (feeding.events.length === 0) return;
    const failed = await this.#feedTo(this.#fold, db, feeding);
    if (failed) throw failed;
  }

  /**
   * Bisects, on folds whose writes are undone: an event with which the events fail, and up to which they do not.
   * Undefined where they do not fail again, so that what failed was the memory of the fold before.
   */
  async #firstPoison(
    db: QueryExecutorProvider,
    { events, causeOf }: Feeding,
  ): Promise<{ readonly index: number; readonly event: ProjectedFact; readonly error: Error } | undefined> {
    let error = await this.#errorAlone(db, { events, causeOf });
    let [healthy, failing] = [0, events.length];
    while (error && failing - healthy > 1) {
      const middle = Math.floor((healthy + failing) / 2);
      const failed = await this.#errorAlone(db, { events: events.slice(0, middle), causeOf });
      if (failed) [failing, error] = [middle, failed];
      else healthy = middle;
    }
    const event = events[healthy];
    return error && event && { index: healthy, event, error };
  }

  #errorAlone(db: QueryExecutorProvider, feeding: Feeding): Promise<Error | undefined> {
    return undoableErrorOf(this.#opened(), db, feeding, 'undo');
  }
}

type Feeding = { readonly events: readonly ProjectedFact[]; readonly causeOf: CauseOf };

/**
 * Folds and saves, and says with which error of an event that failed.
 * @throws what the database throws that is no event's fault
 */
const errorOf = async (
  fold: Fold,
  db: QueryExecutorProvider,
  { events, causeOf }: Feeding,
): Promise<Error | undefined> =>
  thrownBy(() => fold.take(events, causeOf)) ??
  (await refusedBy(() => fold.load(db))) ??
  (await failedInTurns(db, fold)) ??
  (await refusedBy(() => fold.save(db)));

/** The same, after which nothing is written where it failed, or is to be undone. */
async function undoableErrorOf(
  fold: Fold,
  db: QueryExecutorProvider,
  feeding: Feeding,
  writes: 'keep' | 'undo',
): Promise<Error | undefined> {
  await sql`savepoint feed`.execute(db);
  const failed = await errorOf(fold, db, feeding);
  if (failed || writes === 'undo') await sql`rollback to savepoint feed`.execute(db);
  await sql`release savepoint feed`.execute(db);
  return failed;
}

/**
 * Applies slice by slice. Between them the event loop goes on, and the database hears that this transaction lives.
 * @returns with which error of an event that failed
 * @throws what the database throws
 */
async function failedInTurns(db: QueryExecutorProvider, fold: Fold): Promise<Error | undefined> {
  let turns: Iterator<undefined> | undefined;
  const failed = thrownBy(() => {
    turns = fold.apply()?.[Symbol.iterator]();
  });
  if (failed || !turns) return failed;
  for (;;) {
    const slice = nextOf(turns);
    if (slice instanceof Error) return slice;
    if (slice === 'last') return undefined;
    await sql`select`.execute(db);
  }
}

function nextOf(turns: Iterator<undefined>): Error | 'last' | 'more' {
  let isLast = false;
  const failed = thrownBy(() => {
    isLast = turns.next().done === true;
  });
  return failed ?? (isLast ? 'last' : 'more');
}

function thrownBy(action: () => void): Error | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** @returns the error by which a value can be neither written nor read, now or ever; any other is thrown on */
async function refusedBy(access: () => Promise<void>): Promise<Error | undefined> {
  try {
    await access();
    return undefined;
  } catch (error) {
    if (error instanceof Error && (error instanceof InexactInteger || isDataException(error))) return error;
    throw error;
  }
}

/** SQLSTATE class 22, “data exception”: a date, number or text that no column can hold. */
const isDataException = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && /^22[0-9A-Z]{3}$/.test(error.code);
