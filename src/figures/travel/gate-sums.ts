import { minuteOfDay, localDay } from '../../domain/local-time.ts';
import { flags, type GateKind, gateKindOf, isCountedCategory } from '../../../projections/attendance/queries/kinds.ts';
import type { PostedColumns } from '../../../projections/posted-columns.ts';
import type { Reach } from './reach.ts';

type Moved = { visits: number; entries: number; exits: number };

/** By the minute of one local day: what each adds to who is inside, and by ten minutes what came. */
export type DayMoves = { readonly net: Float64Array; readonly visits: Float64Array; readonly entries: Float64Array };

/** What postings of one kind came to. */
export type KindSum = {
  readonly gate: GateKind;
  readonly isCounted: boolean;
  readonly isCorrection: boolean;
  readonly days: Map<string, Moved>;
};

/** A counted admission that counts more persons than it let in itself: later ones of the same pass were larger. */
export type Grown = { readonly kind: KindSum; readonly at: number; readonly visits: number; times: number };

export type Tallied = { -readonly [Flag in keyof typeof flags]: number };

/** Postings at the gates, added up as far as a look back sees. */
export class GateSums {
  readonly kinds = new Map<string, KindSum>();
  /** By site, and of each by local day. */
  readonly sites = new Map<string, Map<string, DayMoves>>();
  readonly tallied: Tallied = {
    kept: 0,
    first: 0,
    conflict: 0,
    late: 0,
    unverified: 0,
    repeat: 0,
    outsideDays: 0,
  };
  /** Pupils by the log position of their arrival. */
  readonly arrived = new Map<number, number>();
  /** By log position, those that happened at `grownSince` or later. */
  readonly grown = new Map<number, Grown>();
  readonly #reach: Reach;
  readonly #grownSince: number;
  readonly #leftOut: ReadonlySet<number>;

  /** @param options.leftOut log positions of facts that somebody else counts */
  constructor(reach: Reach, options: { readonly grownSince: number; readonly leftOut: ReadonlySet<number> }) {
    this.#reach = reach;
    this.#grownSince = options.grownSince;
    this.#leftOut = options.leftOut;
  }

  add({ count, cause, fact, at, signedKind, kinds, amounts }: PostedColumns): void {
    const [persons = signedKind, visits = signedKind, flagged = signedKind] = amounts;
    const known = kinds.map((text) => this.#kindOf(text));
    const { counted, trueAt } = this.#reach;
    for (let index = 0; index < count; index += 1) {
      const when = at[index] ?? 0;
      if ((cause[index] ?? 0) > counted || when > trueAt) continue;
      const position = fact[index] ?? 0;
      if (this.#leftOut.has(position)) continue;
      const numbered = signedKind[index] ?? 1;
      const kind = known[Math.abs(numbered) - 1];
      if (!kind) continue;
      const amount = { persons: persons[index] ?? 0, visits: visits[index] ?? 0, flagged: flagged[index] ?? 0 };
      this.#post(kind, numbered < 0 ? -1 : 1, { position, when, ...amount });
    }
  }

  /** Counts so many more visits by an admission. */
  addVisits({ kind, at }: Pick<Grown, 'kind' | 'at'>, visits: number): void {
    this.#move(kind, at, { visits, entries: 0, exits: 0 });
  }

  #kindOf(text: string): KindSum {
    const known = this.kinds.get(text);
    if (known) return known;
    const gate = gateKindOf(text);
    const isCorrection = gate.kind === 'correction';
    const kind = { gate, isCorrection, isCounted: isCountedCategory(gate.category), days: new Map<string, Moved>() };
    this.kinds.set(text, kind);
    return kind;
  }

  #post(kind: KindSum, sign: 1 | -1, { position, when, persons, visits, flagged }: Posted): void {
    this.#tally(flagged, sign);
    if ((flagged & flags.kept) === 0) return;
    const isIn = kind.gate.direction === 'in';
    const entries = isIn && !kind.isCorrection ? sign * persons : 0;
    this.#move(kind, when, { visits: sign * visits, entries, exits: isIn ? 0 : sign * persons });
    if (kind.gate.kind === 'arrival') this.arrived.set(position, (this.arrived.get(position) ?? 0) + sign * visits);
    if (kind.gate.kind === 'scan' && visits > persons && when >= this.#grownSince)
      this.#grow(position, { kind, at: when, visits, times: sign });
  }

  #tally(flagged: number, sign: 1 | -1): void {
    // Nearly all are kept and nothing else.
    if (flagged === flags.kept) return;
    if ((flagged & flags.first) !== 0) this.tallied.first += sign;
    if ((flagged & flags.conflict) !== 0) this.tallied.conflict += sign;
    if ((flagged & flags.late) !== 0) this.tallied.late += sign;
    if ((flagged & flags.unverified) !== 0) this.tallied.unverified += sign;
    if ((flagged & flags.repeat) !== 0) this.tallied.repeat += sign;
    if ((flagged & flags.outsideDays) !== 0) this.tallied.outsideDays += sign;
  }

  #grow(position: number, grown: Grown): void {
    const before = this.grown.get(position);
    // What is taken back was said before; of what holds, `visits` is what it counts.
    const visits = grown.times === 1 ? grown.visits : (before?.visits ?? 0);
    this.grown.set(position, { ...grown, visits, times: (before?.times ?? 0) + grown.times });
  }

  #move(kind: KindSum, when: number, { visits, entries, exits }: Moved): void {
    const day = kind.isCorrection ? kind.gate.day : localDay(when);
    const sum = kind.days.get(day);
    if (!sum) kind.days.set(day, { visits, entries, exits });
    else {
      sum.visits += visits;
      sum.entries += entries;
      sum.exits += exits;
    }
    if (kind.isCorrection) return;
    const minute = minuteOfDay(when);
    const bucket = Math.floor(minute / 10);
    const moves = this.#movesOf(kind.gate.site, day);
    moves.net[minute] = (moves.net[minute] ?? 0) + entries - exits;
    moves.entries[bucket] = (moves.entries[bucket] ?? 0) + entries;
    if (kind.isCounted) moves.visits[bucket] = (moves.visits[bucket] ?? 0) + visits;
  }

  #movesOf(site: string, day: string): DayMoves {
    const days = this.sites.get(site) ?? new Map<string, DayMoves>();
    this.sites.set(site, days);
    const known = days.get(day);
    if (known) return known;
    const moves = {
      net: new Float64Array(1440),
      visits: new Float64Array(144),
      entries: new Float64Array(144),
    };
    days.set(day, moves);
    return moves;
  }
}

type Posted = {
  readonly position: number;
  readonly when: number;
  readonly persons: number;
  readonly visits: number;
  readonly flagged: number;
};
