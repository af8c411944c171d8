import type { QueryExecutorProvider } from 'kysely';
import { minuteOfDay } from '../../src/domain/local-time.ts';
import type { FoldStart } from '../projection.ts';
import { Sums } from '../sums.ts';
import { InsideCurves } from './inside.ts';
import { isCounted } from './judge.ts';
import { curveSums, daySums, type GateFact, tallies, wholeFair } from './tables.ts';

/** Adds what judged facts count to the sums, and takes away again what they counted before. */
export class Counting {
  readonly #days = new Sums(daySums, ['visits', 'entries', 'exits']);
  readonly #curves = new Sums(curveSums, ['visits', 'entries']);
  readonly #tallies = new Sums(tallies, [
    'unique_visitors',
    'conflicts',
    'late',
    'unverified',
    'repeat_reads',
    'outside_days',
  ]);
  readonly #inside: InsideCurves;

  constructor(start: FoldStart) {
    this.#inside = new InsideCurves(start);
  }

  load(db: QueryExecutorProvider, facts: Iterable<GateFact>): Promise<void> {
    return this.#inside.load(db, facts);
  }

  /** @param sign 1 for what the fact counts now, −1 for what it counted before */
  count(fact: GateFact, sign: 1 | -1): void {
    const isKept = fact.standing === 'kept';
    this.#tallies.add({
      fair: fact.fair,
      unique_visitors: ifso(fact.is_first, sign),
      conflicts: ifso(fact.is_conflict, sign),
      late: ifso(isKept && fact.is_late, sign),
      unverified: ifso(fact.standing === 'unverified', sign),
      repeat_reads: ifso(fact.standing === 'repeat', sign),
      outside_days: ifso(fact.is_outside_days, sign),
    });
    if (isKept) this.#countPersons(fact, sign);
  }

  settle(): void {
    this.#inside.settle();
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await this.#days.save(db);
    await this.#curves.save(db);
    await this.#tallies.save(db);
    await this.#inside.save(db);
  }

  #countPersons(fact: GateFact, sign: 1 | -1): void {
    const { fair, day, site, gate, category, source } = fact;
    const entries = fact.kind !== 'correction' && fact.direction === 'in' ? sign * fact.persons : 0;
    const exits = fact.direction === 'out' ? sign * fact.persons : 0;
    this.#days.add({ fair, day, site, gate, category, source, visits: sign * fact.visits, entries, exits });
    if (fact.kind === 'correction') return;
    const minute = minuteOfDay(fact.occurred_at);
    const visits = isCounted(category) ? sign * fact.visits : 0;
    for (const where of [site, wholeFair]) {
      this.#curves.add({ fair, day, site: where, minute: minute - (minute % 10), visits, entries });
    }
    this.#inside.move(fact, minute, entries - exits);
  }
}

const ifso = (is: boolean, sign: 1 | -1): number => (is ? sign : 0);
