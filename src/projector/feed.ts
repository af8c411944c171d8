import { type QueryExecutorProvider, sql } from 'kysely';
import type { FairEvent } from '../../events/catalogue.ts';
import type { Fold, FoldStart, Projection } from '../../projections/projection.ts';
import { InexactInteger } from '../database/connect.ts';
import type { Parked } from './upcasting.ts';

/** A projection with what it keeps in memory between batches. */
export class Feeder {
  readonly projection: Projection;
  #fold: Fold;

  constructor(projection: Projection, start: FoldStart) {
    this.projection = projection;
    this.#fold = projection.open(start);
  }

  /**
   * Folds events into the tables of the projection. Those it cannot fold are left out, and returned.
   * @param db a transaction
   * @throws whatever the database throws that is no event's fault; nothing is parked for that
   */
  async feed(db: QueryExecutorProvider, events: readonly FairEvent[]): Promise<Parked[]> {
    const parked: Parked[] = [];
    let rest = events;
    while (rest.length > 0) {
      const failed = await errorOf(this.#fold, db, rest, 'keep');
      if (failed === undefined) return parked;
      this.#startAgain();
      const poison = await this.#firstPoison(db, rest);
      await this.#feedHealthy(db, rest.slice(0, poison?.index));
      if (!poison) return parked;
      parked.push({ event: poison.event, projection: this.projection.name, error: poison.error.message });
      rest = rest.slice(poison.index + 1);
    }
    return parked;
  }

  /** What a failed fold has in memory is worth nothing. */
  #startAgain(): void {
    this.#fold = this.projection.open({ tables: 'filled' });
  }

  async #feedHealthy(db: QueryExecutorProvider, events: readonly FairEvent[]): Promise<void> {
    if (events.length === 0) return;
    const failed = await errorOf(this.#fold, db, events, 'keep');
    if (failed) throw failed;
  }

  /**
   * Bisects, on folds whose writes are undone: an event with which the events fail, and up to which they do not.
   * Undefined where they do not fail again, so that what failed was the memory of the fold before.
   */
  async #firstPoison(
    db: QueryExecutorProvider,
    events: readonly FairEvent[],
  ): Promise<{ readonly index: number; readonly event: FairEvent; readonly error: Error } | undefined> {
    let error = await this.#errorAlone(db, events);
    let [healthy, failing] = [0, events.length];
    while (error && failing - healthy > 1) {
      const middle = Math.floor((healthy + failing) / 2);
      const failed = await this.#errorAlone(db, events.slice(0, middle));
      if (failed) [failing, error] = [middle, failed];
      else healthy = middle;
    }
    const event = events[healthy];
    return error && event && { index: healthy, event, error };
  }

  #errorAlone(db: QueryExecutorProvider, events: readonly FairEvent[]): Promise<Error | undefined> {
    return errorOf(this.projection.open({ tables: 'filled' }), db, events, 'undo');
  }
}

/**
 * Folds and saves, and says with which error of an event that failed; then nothing is written.
 * @throws what the database throws that is no event's fault
 */
async function errorOf(
  fold: Fold,
  db: QueryExecutorProvider,
  events: readonly FairEvent[],
  writes: 'keep' | 'undo',
): Promise<Error | undefined> {
  await sql`savepoint feed`.execute(db);
  const failed =
    thrownBy(() => fold.take(events)) ??
    (await refusedBy(() => fold.load(db))) ??
    (await failedInTurns(db, fold)) ??
    (await refusedBy(() => fold.save(db)));
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
