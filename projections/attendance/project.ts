import { type QueryExecutorProvider, sql } from 'kysely';
import type { FairEvent } from '../../events/catalogue.ts';
import type { FairSettings } from '../../events/fair.ts';
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
const bearerColumns = ['fair', 'bearer', 'bearer_kind'] as const;

class AttendanceFold implements Fold {
  readonly #facts: Rows<tables.GateFact, (typeof bearerColumns)[number]>;
  readonly #marks: Rows<tables.Mark, 'fair' | 'kind' | 'target'>;
  readonly #notes: Rows<tables.PassNote, 'fair' | 'pass'>;
  readonly #groups: Rows<tables.Group, 'fair' | 'group_id'>;
  readonly #rules: Rows<tables.CountingRules, 'fair'>;
  readonly #counting: Counting;
  #batch = batchOf([]);
  /** Whose facts are judged again by this batch. */
  #touched = new Map<string, Bearer>();

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
    this.#touched = new Map();
    for (const fact of this.#batch.facts) this.#touch(fact);
    for (const { fair, pass } of this.#batch.notes) this.#touch({ fair, bearer: pass, bearer_kind: 'pass' });
    for (const { fair, group_id } of this.#batch.groups) this.#touch({ fair, bearer: group_id, bearer_kind: 'group' });
  }

  async load(db: QueryExecutorProvider): Promise<void> {
    const { fairs, facts, marks } = this.#batch;
    await this.#rules.load(db, fairs);
    const targets = marks.map(({ fair, kind, target }) => ({ fair, kind, id: target }));
    for (const fact of await select(db, tables.gateFacts, ['fair', 'kind', 'id'], targets)) this.#touch(fact);
    for (const bearer of await this.#countedOtherwise(db)) this.#touch(bearer);
    const touched = [...this.#touched.values()];
    await this.#facts.load(db, touched);
    const [passes, groups] = [touched.filter(isPass), touched.filter(isGroup)];
    await this.#notes.load(
      db,
      passes.map(({ fair, bearer }) => ({ fair, pass: bearer })),
    );
    await this.#groups.load(
      db,
      groups.map(({ fair, bearer }) => ({ fair, group_id: bearer })),
    );
    const judged = [...facts, ...touched.flatMap((bearer) => this.#facts.family(bearer))];
    await this.#marks.load(db, [...marks, ...judged.map(({ fair, kind, id }) => ({ fair, kind, target: id }))]);
    await this.#counting.load(db, judged);
  }

  apply(): void {
    const { facts, marks, events, settings } = this.#batch;
    for (const mark of marks) this.#marks.put(mark);
    for (const { fair, settings: given } of settings) this.#rules.put({ fair, settings: given });
    for (const event of events) {
      this.#applyNote(event);
      this.#applyGroup(event);
    }
    const added = Map.groupBy(facts, nameOf);
    for (const [name, bearer] of this.#touched) this.#judge(bearer, added.get(name) ?? []);
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

  #touch(bearer: Bearer): void {
    this.#touched.set(nameOf(bearer), bearer);
  }

  /** Bearers with facts on days for which this batch changes the rules. */
  async #countedOtherwise(db: QueryExecutorProvider): Promise<Bearer[]> {
    const known = new Map<string, CountedBy>();
    const bearers: Bearer[] = [];
    for (const { fair, counted } of this.#batch.settings) {
      const stored = this.#settingsOf(fair);
      const from = changedFrom(known.get(fair) ?? (stored && countedBy(stored)), counted);
      known.set(fair, counted);
      if (from !== undefined) bearers.push(...(await bearersFrom(db, fair, from)));
    }
    return bearers;
  }

  #settingsOf(fair: string): FairSettings | undefined {
    return this.#rules.family({ fair })[0]?.settings;
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

  #judge(bearer: Bearer, added: readonly tables.GateFact[]): void {
    const before = this.#facts.family(bearer);
    const known = new Map(before.map((fact) => [`${fact.kind} ${fact.id}`, fact]));
    const fresh = added.filter(({ kind, id }) => !known.has(`${kind} ${id}`));
    const judged = judge([...before, ...fresh], {
      settings: this.#settingsOf(bearer.fair),
      note: isPass(bearer) ? this.#notes.family({ fair: bearer.fair, pass: bearer.bearer })[0] : undefined,
      marksOf: ({ fair, kind, id }) => this.#marks.family({ fair, kind, target: id }),
    });
    for (const fact of judged) {
      const old = known.get(`${fact.kind} ${fact.id}`);
      if (old === fact) continue;
      if (old) this.#counting.count(old, -1);
      this.#counting.count(fact, 1);
      this.#facts.put(fact);
    }
    if (isGroup(bearer)) this.#applyArrivals(judged);
  }

  #applyArrivals(judged: readonly tables.GateFact[]): void {
    const arrivals = judged.filter(({ kind }) => kind === 'arrival');
    const [first] = arrivals;
    if (!first) return;
    const named = { fair: first.fair, group_id: first.bearer };
    const before = this.#groups.family(named)[0] ?? { ...named, details: null, school: '', classes: 0, arrived: 0 };
    this.#groups.put({ ...before, arrived: arrivals.reduce((sum, { visits }) => sum + visits, 0) });
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

const nameOf = ({ fair, bearer, bearer_kind }: Bearer): string => `${fair} ${bearer_kind} ${bearer}`;

async function bearersFrom(db: QueryExecutorProvider, fair: string, day: string): Promise<Bearer[]> {
  const { rows } = await sql<Bearer>`
    select distinct fair, bearer, bearer_kind from ${sql.ref(tables.gateFacts.name)} where fair = ${fair} and day >= ${day}`.execute(
    db,
  );
  return rows;
}
