import type { QueryExecutorProvider } from 'kysely';
import { minuteOfDay } from '../../src/domain/local-time.ts';
import type { FoldStart } from '../projection.ts';
import { Sums } from '../sums.ts';
import { InsideCurves } from './inside.ts';
import { isCounted } from './judge.ts';
import {
  curveSums,
  type DaySum,
  daySums,
  type GateFact,
  type Judgement,
  type Tally,
  tallies,
  wholeFair,
} from './tables.ts';

/** Persons of one minute of a local day; `counted` are visits without those of excluded categories. */
type Minute = { counted: number; entries: number; net: number };
/** By name within name within name. */
type Nested<Value> = Map<string, Map<string, Map<string, Value>>>;

/**
 * Adds what judged facts count to the sums, and takes away again what they counted before. What a batch adds is put
 * together here first: a fact finds its place by a few look-ups, where a row's key would have to be made each time.
 */
export class Counting {
  /** By fair, kind and day. */
  readonly #days: Nested<DaySum> = new Map();
  /** By fair, site and day. */
  readonly #minutes: Nested<Map<number, Minute>> = new Map();
  readonly #tallies = new Map<string, Tally>();
  readonly #inside: InsideCurves;

  constructor(start: FoldStart) {
    this.#inside = new InsideCurves(start);
  }

  load(db: QueryExecutorProvider, facts: Iterable<GateFact>): Promise<void> {
    return this.#inside.load(db, facts);
  }

  /**
   * @param kind what the fact has in common with others (`gateKindText`)
   * @param sign 1 for what the fact counts now, −1 for what it counted before
   */
  count(fact: GateFact, judgement: Judgement, { kind, sign }: { readonly kind: string; readonly sign: 1 | -1 }): void {
    const isKept = judgement.standing === 'kept';
    const tally = this.#tallyOf(fact.fair);
    if (judgement.is_first) tally.unique_visitors += sign;
    if (judgement.is_conflict) tally.conflicts += sign;
    if (isKept && fact.is_late) tally.late += sign;
    if (judgement.standing === 'unverified') tally.unverified += sign;
    if (judgement.standing === 'repeat') tally.repeat_reads += sign;
    if (judgement.is_outside_days) tally.outside_days += sign;
    if (isKept) this.#countPersons(fact, { kind, persons: sign * fact.persons, visits: sign * judgement.visits });
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    const days = new Sums(daySums, ['visits', 'entries', 'exits']);
    const curves = new Sums(curveSums, ['visits', 'entries']);
    const counts = new Sums(tallies, tallyColumns);
    for (const [, , , sum] of entriesOf(this.#days)) days.add(sum);
    for (const [fair, site, day, minutes] of entriesOf(this.#minutes)) {
      this.#inside.move({ fair, day, site }, minutes);
      for (const [minute, { counted: visits, entries }] of minutes)
        for (const where of [site, wholeFair])
          curves.add({ fair, day, site: where, minute: minute - (minute % 10), visits, entries });
    }
    for (const tally of this.#tallies.values()) counts.add(tally);
    for (const sums of [days, curves, counts, this.#inside]) await sums.save(db);
    for (const sums of [this.#days, this.#minutes, this.#tallies]) sums.clear();
  }

  #countPersons(
    fact: GateFact,
    { kind, persons, visits }: { readonly kind: string; readonly persons: number; readonly visits: number },
  ): void {
    const sum = this.#sumOf(fact, kind);
    sum.visits += visits;
    if (fact.kind === 'correction') return;
    const minute = this.#minuteOf(fact);
    if (isCounted(fact.category)) minute.counted += visits;
    if (fact.direction === 'in') {
      sum.entries += persons;
      minute.entries += persons;
      minute.net += persons;
    } else {
      sum.exits += persons;
      minute.net -= persons;
    }
  }

  #tallyOf(fair: string): Tally {
    const known = this.#tallies.get(fair);
    if (known) return known;
    const zero = { unique_visitors: 0, conflicts: 0, late: 0, unverified: 0, repeat_reads: 0, outside_days: 0 };
    const tally = { fair, ...zero };
    this.#tallies.set(fair, tally);
    return tally;
  }

  #sumOf({ fair, day, site, gate, category, source }: GateFact, kind: string): DaySum {
    const days = within(this.#days, fair, kind);
    const known = days.get(day);
    if (known) return known;
    const sum = { fair, day, site, gate, category, source, visits: 0, entries: 0, exits: 0 };
    days.set(day, sum);
    return sum;
  }

  #minuteOf({ fair, site, day, occurred_at }: GateFact): Minute {
    const days = within(this.#minutes, fair, site);
    const minutes = days.get(day) ?? new Map<number, Minute>();
    if (minutes.size === 0) days.set(day, minutes);
    const minute = minuteOfDay(occurred_at);
    const known = minutes.get(minute);
    if (known) return known;
    const nobody = { counted: 0, entries: 0, net: 0 };
    minutes.set(minute, nobody);
    return nobody;
  }
}

const tallyColumns = [
  'unique_visitors',
  'conflicts',
  'late',
  'unverified',
  'repeat_reads',
  'outside_days',
] as const satisfies (keyof Tally)[];

/** What stands under two names; made where there is nothing. */
function within<Value>(nested: Nested<Value>, first: string, second: string): Map<string, Value> {
  const outer = nested.get(first) ?? new Map<string, Map<string, Value>>();
  if (outer.size === 0) nested.set(first, outer);
  const inner = outer.get(second) ?? new Map<string, Value>();
  if (inner.size === 0) outer.set(second, inner);
  return inner;
}

function* entriesOf<Value>(nested: Nested<Value>): Iterable<readonly [string, string, string, Value]> {
  for (const [first, outer] of nested)
    for (const [second, inner] of outer) for (const [third, value] of inner) yield [first, second, third, value];
}
