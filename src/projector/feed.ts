import type { QueryExecutorProvider } from 'kysely';
import type { FairEvent } from '../../events/catalogue.ts';
import type { Fold, FoldStart, Projection } from '../../projections/projection.ts';
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
   * @throws whatever the database throws; nothing is parked for that
   */
  async feed(db: QueryExecutorProvider, events: readonly FairEvent[]): Promise<Parked[]> {
    const parked: Parked[] = [];
    let rest = events;
    while (rest.length > 0) {
      const failed = await tried(this.#fold, db, rest);
      if (failed === undefined) {
        await this.#fold.save(db);
        return parked;
      }
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
    const failed = await tried(this.#fold, db, events);
    if (failed) throw failed;
    await this.#fold.save(db);
  }

  /**
   * Bisects, on folds that write nothing: an event with which the events fail, and up to which they do not.
   * Undefined where they do not fail again, so that what failed was the memory of the fold before.
   */
  async #firstPoison(
    db: QueryExecutorProvider,
    events: readonly FairEvent[],
  ): Promise<{ readonly index: number; readonly event: FairEvent; readonly error: Error } | undefined> {
    let error = await this.#errorOf(db, events);
    let [healthy, failing] = [0, events.length];
    while (error && failing - healthy > 1) {
      const middle = Math.floor((healthy + failing) / 2);
      const failed = await this.#errorOf(db, events.slice(0, middle));
      if (failed) [failing, error] = [middle, failed];
      else healthy = middle;
    }
    const event = events[healthy];
    return error && event && { index: healthy, event, error };
  }

  #errorOf(db: QueryExecutorProvider, events: readonly FairEvent[]): Promise<Error | undefined> {
    return tried(this.projection.open({ tables: 'filled' }), db, events);
  }
}

/** Folds in memory. @returns the error of an event; what the database throws is thrown on. */
async function tried(fold: Fold, db: QueryExecutorProvider, events: readonly FairEvent[]): Promise<Error | undefined> {
  const failed = thrownBy(() => fold.take(events));
  if (failed) return failed;
  await fold.load(db);
  return thrownBy(() => fold.apply());
}

function thrownBy(action: () => void): Error | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
