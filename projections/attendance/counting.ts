import type { QueryExecutorProvider } from 'kysely';
import { minuteOfDay } from '../../src/domain/local-time.ts';
import type { FoldStart } from '../projection.ts';
import { type AnyTable, upsert } from '../table.ts';
import { InsideCurves } from './inside.ts';
import { isCounted } from './judge.ts';
import {
  type CurveSum,
  curveSums,
  type DaySum,
  daySums,
  type GateFact,
  type Judgement,
  type Tally,
  tallies,
  wholeFair,
} from './tables.ts';

type Place = Pick<GateFact, 'fair' | 'day' | 'site'>;
type Sum = { visits: number; entries: number; exits: number };
/** By minute of a local day; `counted` are visits without those of excluded categories. */
type Minutes = { readonly place: Place; readonly at: Map<number, { counted: number; entries: number; net: number }> };

/**
 * Adds what judged facts count to the sums, and takes away again what they counted before. What a batch adds is put
 * together here, so that a sum is written once however many facts changed it.
 */
export class Counting {
  /** By fair, kind and day. */
  readonly #days = new Map<string, Map<string, Map<string, DaySum>>>();
  /** By fair, site and day. */
  readonly #minutes = new Map<string, Map<string, Map<string, Minutes>>>();
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
    const tally = within(this.#tallies, fact.fair, () => emptyTally(fact.fair));
    if (judgement.is_first) tally.unique_visitors += sign;
    if (judgement.is_conflict) tally.conflicts += sign;
    if (isKept && fact.is_late) tally.late += sign;
    if (judgement.standing === 'unverified') tally.unverified += sign;
    if (judgement.standing === 'repeat') tally.repeat_reads += sign;
    if (judgement.is_outside_days) tally.outside_days += sign;
    if (!isKept) return;
    const sum = this.#sumOf(fact, kind);
    sum.visits += sign * judgement.visits;
    if (fact.kind === 'correction') return;
    const isIn = fact.direction === 'in';
    const persons = sign * fact.persons;
    if (isIn) sum.entries += persons;
    else sum.exits += persons;
    const minute = this.#minuteOf(fact);
    if (isCounted(fact.category)) minute.counted += sign * judgement.visits;
    if (isIn) minute.entries += persons;
    minute.net += isIn ? persons : -persons;
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    const minutes = [...leavesOf(this.#minutes)];
    for (const { place, at } of minutes) this.#inside.move(place, at);
    await upsert(db, daySums, [...leavesOf(this.#days)].filter(isChanged(daySums)));
    await upsert(db, curveSums, curvesOf(minutes).filter(isChanged(curveSums)));
    await upsert(db, tallies, [...this.#tallies.values()].filter(isChanged(tallies)));
    await this.#inside.save(db);
    for (const sums of [this.#days, this.#minutes, this.#tallies]) sums.clear();
  }

  #sumOf({ fair, day, site, gate, category, source }: GateFact, kind: string): Sum {
    const kinds = within(this.#days, fair, () => new Map());
    const days = within(kinds, kind, () => new Map());
    return within(days, day, () => ({ fair, day, site, gate, category, source, visits: 0, entries: 0, exits: 0 }));
  }

  #minuteOf({ fair, site, day, occurred_at }: GateFact) {
    const sites = within(this.#minutes, fair, () => new Map());
    const days = within(sites, site, () => new Map());
    const { at } = within(days, day, () => ({ place: { fair, day, site }, at: new Map() }));
    return within(at, minuteOfDay(occurred_at), () => ({ counted: 0, entries: 0, net: 0 }));
  }
}

/** What a map has under a key, which is made where there is nothing. */
function within<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function* leavesOf<Leaf>(sums: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, Leaf>>>): Iterable<Leaf> {
  for (const middle of sums.values()) for (const days of middle.values()) yield* days.values();
}

/** By ten minutes, of each site and of the whole fair. */
function curvesOf(minutes: readonly Minutes[]): CurveSum[] {
  const sums = new Map<string, CurveSum>();
  for (const { place, at } of minutes) {
    for (const [exact, { counted, entries }] of at) {
      const minute = exact - (exact % 10);
      for (const site of [place.site, wholeFair]) {
        const { fair, day } = place;
        const sum = within(sums, `${fair} ${day} ${minute} ${site}`, () => ({
          ...{ fair, day, site, minute },
          ...{ visits: 0, entries: 0 },
        }));
        sum.visits += counted;
        sum.entries += entries;
      }
    }
  }
  return [...sums.values()];
}

/** Nothing is written for nothing. */
const isChanged =
  <Measure extends string>({ measures = [] }: { readonly measures?: readonly Measure[] } & Pick<AnyTable, 'name'>) =>
  (row: { readonly [Column in Measure]: unknown }): boolean =>
    measures.some((measure) => row[measure] !== 0);

const emptyTally = (fair: string): Tally => ({
  fair,
  unique_visitors: 0,
  conflicts: 0,
  late: 0,
  unverified: 0,
  repeat_reads: 0,
  outside_days: 0,
});
