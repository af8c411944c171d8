import { type QueryExecutorProvider, sql } from 'kysely';
import type { FairEvent } from '../../events/catalogue.ts';
import { formerGates } from '../../src/domain/fair.ts';
import type { Fold, FoldStart, Projection } from '../projection.ts';
import { Rows } from '../rows.ts';
import { select } from '../table.ts';
import { Counting } from './counting.ts';
import { gateFactOf, gateMarkOf } from './facts.ts';
import { groupAfter, groupOf } from './groups.ts';
import { judge } from './judge.ts';
import { noteAfter, noteOf } from './pass-notes.ts';
import { changedFrom, type CountedBy, countedBy } from './settings-change.ts';
import * as tables from './tables.ts';

/** Who came: visits, entries, unique visitors, persons inside, and the facts they are counted from. */
export const attendance: Projection = {
  name: 'attendance',
  frozenByClosing: true,
  tables: [
    tables.gateFacts,
    tables.gateMarks,
    tables.passNotes,
    tables.groups,
    tables.daySums,
    tables.curveSums,
    tables.tallies,
    tables.insideDays,
    tables.countingRules,
  ],
  open: (start) => new AttendanceFold(start),
};

type Bearer = Pick<tables.GateFact, 'fair' | 'bearer' | 'bearer_kind'>;
/** A bearer whose facts are judged again by this batch, and those that are new. */
type Touched = { readonly bearer: Bearer; readonly added: tables.GateFact[] };
/** Judged in some 20 ms. */
const sliceFacts = 1000;
const bearerColumns = ['fair', 'bearer', 'bearer_kind'] as const;

class AttendanceFold implements Fold {
  readonly #facts: Rows<tables.GateFact, (typeof bearerColumns)[number]>;
  readonly #marks: Rows<tables.Mark, 'fair' | 'kind' | 'target'>;
  readonly #notes: Rows<tables.PassNote, 'fair' | 'pass'>;
  readonly #groups: Rows<tables.Group, 'fair' | 'group_id'>;
  readonly #rules: Rows<tables.CountingRules, 'fair'>;
  readonly #counting: Counting;
  #batch = batchOf([]);
  readonly #touched = new Map<string, Touched>();

  constructor(start: FoldStart) {
    this.#facts = new Rows(tables.gateFacts, bearerColumns, start);
    this.#marks = new Rows(tables.gateMarks, ['fair', 'kind', 'target'], start);
    this.#notes = new Rows(tables.passNotes, ['fair', 'pass'], start);
    this.#groups = new Rows(tables.groups, ['fair', 'group_id'], start);
    this.#rules = new Rows(tables.countingRules, ['fair'], start);
    this.#counting = new Counting(start);
  }

  take(events: readonly FairEvent[]): void {
    this.#batch = batchOf(events);
    this.#touched.clear();
    for (const fact of this.#batch.facts) this.#touch(fact).added.push(fact);
    for (const { fair, pass } of this.#batch.notes) this.#touch({ fair, bearer: pass, bearer_kind: 'pass' });
    for (const { fair, group_id } of this.#batch.groups) this.#touch({ fair, bearer: group_id, bearer_kind: 'group' });
  }

  async load(db: QueryExecutorProvider): Promise<void> {
    const { fairs, marks } = this.#batch;
    await this.#rules.load(db, fairs);
    const targets = marks.map(({ fair, kind, target }) => ({ fair, kind, id: target }));
    for (const fact of await select(db, tables.gateFacts, ['fair', 'kind', 'id'], targets)) this.#touch(fact);
    for (const bearer of await this.#countedOtherwise(db)) this.#touch(bearer);
    const bearers = () => this.#touched.values().map(({ bearer }) => bearer);
    await this.#facts.load(db, bearers());
    await this.#notes.load(db, bearers().filter(isPass).map(passOf));
    await this.#groups.load(db, bearers().filter(isGroup).map(groupNameOf));
    await this.#marks.load(db, this.#markNames());
    await this.#counting.load(db, this.#judgedFacts());
  }

  *apply(): Generator<undefined> {
    const { marks, events, settings } = this.#batch;
    for (const mark of marks) this.#marks.put(mark);
    for (const { fair, settings: given } of settings) {
      const before = this.#rulesOf(fair);
      const former_gates = before ? formerGates(before.settings, before.former_gates, given) : [];
      this.#rules.put({ fair, settings: given, former_gates });
    }
    for (const event of events) {
      this.#applyNote(event);
      this.#applyGroup(event);
    }
    let judged = 0;
    for (const touched of this.#touched.values()) {
      judged += this.#judge(touched);
      if (judged < sliceFacts) continue;
      judged = 0;
      yield;
    }
    this.#counting.settle();
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await this.#facts.save(db);
    await this.#marks.save(db);
    await this.#notes.save(db);
    await this.#groups.save(db);
    await this.#rules.save(db);
    await this.#counting.save(db);
  }

  #touch({ fair, bearer, bearer_kind }: Bearer): Touched {
    const name = `${bearer_kind} ${bearer} ${fair}`;
    const known = this.#touched.get(name);
    if (known) return known;
    const touched = { bearer: { fair, bearer, bearer_kind }, added: [] };
    this.#touched.set(name, touched);
    return touched;
  }

  *#judgedFacts(): Iterable<tables.GateFact> {
    for (const { bearer, added } of this.#touched.values()) {
      yield* added;
      yield* this.#facts.family(bearer);
    }
  }

  *#markNames(): Iterable<Pick<tables.Mark, 'fair' | 'kind' | 'target'>> {
    yield* this.#batch.marks;
    for (const { fair, kind, id } of this.#judgedFacts()) yield { fair, kind, target: id };
  }

  /** Bearers with facts on days for which this batch changes the rules. */
  async #countedOtherwise(db: QueryExecutorProvider): Promise<Bearer[]> {
    const known = new Map<string, CountedBy>();
    const bearers: Bearer[] = [];
    for (const { fair, counted } of this.#batch.settings) {
      const stored = this.#rulesOf(fair)?.settings;
      const from = changedFrom(known.get(fair) ?? (stored && countedBy(stored)), counted);
      known.set(fair, counted);
      // Not spread: a fair's bearers are more than a call can have arguments.
      if (from !== undefined) for (const bearer of await bearersFrom(db, fair, from)) bearers.push(bearer);
    }
    return bearers;
  }

  #rulesOf(fair: string): tables.CountingRules | undefined {
    return this.#rules.family({ fair })[0];
  }

  #applyNote(event: FairEvent): void {
    const named = noteOf(event);
    const before = named && (this.#notes.family(named)[0] ?? named);
    if (before) this.#notes.put(noteAfter(before, event));
  }

  #applyGroup(event: FairEvent): void {
    const named = groupOf(event);
    const before = named && (this.#groups.family(named)[0] ?? named);
    if (before) this.#groups.put(groupAfter(before, event));
  }

  /** @returns how many facts that were */
  #judge({ bearer, added }: Touched): number {
    const before = this.#facts.family(bearer);
    const fresh = added.filter((fact) => !before.some(({ kind, id }) => kind === fact.kind && id === fact.id));
    const judged = judge([...before, ...fresh], {
      rules: this.#rulesOf(bearer.fair),
      note: isPass(bearer) ? this.#notes.family(passOf(bearer))[0] : undefined,
      marksOf: ({ fair, kind, id }) => this.#marks.family({ fair, kind, target: id }),
    });
    const changed = judged.flatMap((fact, index) => (fact === before[index] ? [] : { fact, old: before[index] }));
    for (const { fact, old } of changed) {
      if (old) this.#counting.count(old, -1);
      this.#counting.count(fact, 1);
      this.#facts.put(fact);
    }
    if (isGroup(bearer)) this.#applyArrivals(bearer, judged);
    return judged.length;
  }

  #applyArrivals(bearer: Bearer, judged: readonly tables.GateFact[]): void {
    if (judged.length === 0) return;
    const named = groupNameOf(bearer);
    const before = this.#groups.family(named)[0] ?? { ...named, details: null, school: '', classes: 0, arrived: 0 };
    this.#groups.put({ ...before, arrived: judged.reduce((sum, { visits }) => sum + visits, 0) });
  }
}

/** What the events of a batch say, read once; broken data shows here. */
const batchOf = (events: readonly FairEvent[]) => ({
  events,
  fairs: [...new Set(events.map(({ meta }) => meta.fair))].map((fair) => ({ fair })),
  facts: events.flatMap((event) => gateFactOf(event) ?? []),
  marks: events.flatMap((event) => gateMarkOf(event) ?? []),
  notes: events.flatMap((event) => noteOf(event) ?? []),
  groups: events.flatMap((event) => groupOf(event) ?? []),
  settings: events.flatMap((event) =>
    event.type === 'FairCreated' || event.type === 'FairRevised'
      ? { fair: event.meta.fair, settings: event.data.settings, counted: countedBy(event.data.settings) }
      : [],
  ),
});

const isPass = ({ bearer_kind }: Bearer): boolean => bearer_kind === 'pass';
const isGroup = ({ bearer_kind }: Bearer): boolean => bearer_kind === 'group';

const passOf = ({ fair, bearer }: Bearer) => ({ fair, pass: bearer });
const groupNameOf = ({ fair, bearer }: Bearer) => ({ fair, group_id: bearer });

async function bearersFrom(db: QueryExecutorProvider, fair: string, day: string): Promise<Bearer[]> {
  const { rows } = await sql<Bearer>`
    select distinct fair, bearer, bearer_kind from ${sql.ref(tables.gateFacts.name)} where fair = ${fair} and day >= ${day}`.execute(
    db,
  );
  return rows;
}
