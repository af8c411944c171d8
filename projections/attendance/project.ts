import type { QueryExecutorProvider } from 'kysely';
import type { ProjectedFact } from '../../events/catalogue.ts';
import type { FairSettings } from '../../events/fair.ts';
import { formerGates } from '../../src/domain/fair.ts';
import { startOfDay } from '../../src/domain/local-time.ts';
import { checkMoment } from '../moments.ts';
import type { Posting } from '../page-table.ts';
import { PageWriter } from '../pages.ts';
import type { CauseOf, Fold, FoldStart, Projection } from '../projection.ts';
import { Rows } from '../rows.ts';
import { upsert } from '../table.ts';
import { StreamStates, streamsGoingOn } from '../stream-states.ts';
import { type Bearer, bearers } from './bearers.ts';
import { Counting } from './counting.ts';
import { conflictEffects } from './effects.ts';
import { gateFactOf } from './facts.ts';
import { groupAfter, groupOf } from './groups.ts';
import { defaultRules, isSameJudgement, judge } from './judge.ts';
import { KindTexts, postingOf } from './postings.ts';
import { positionsSince } from './queries/facts.ts';
import { changedFrom, type CountedBy, countedBy } from './settings-change.ts';
import type { GateFact, Judgement } from './tables.ts';
import * as tables from './tables.ts';

/** Who came: visits, entries, unique visitors, persons inside, and the facts they are counted from. */
export const attendance: Projection = {
  name: 'attendance',
  frozenByClosing: true,
  tables: [
    tables.gatePages,
    tables.conflicts,
    tables.groups,
    tables.daySums,
    tables.curveSums,
    tables.tallies,
    tables.insideDays,
    tables.countingRules,
  ],
  open: (start) => new AttendanceFold(start),
};

/** What an event of the batch is about; a fold judges step by step, since each posting names its cause. */
type Step = {
  readonly event: ProjectedFact;
  readonly cause: number;
  /** Of the bearer that it is about. */
  readonly key: string | undefined;
  readonly settings: { readonly given: FairSettings; readonly counted: CountedBy } | undefined;
};

/** Judged in some 20 ms. */
const sliceFacts = 1000;
/** Whoever has more facts than this is judged once a batch, not at each of them: a poster's pass may be scanned without end. */
const factsJudgedEach = 100;

class AttendanceFold implements Fold {
  readonly #start: FoldStart;
  readonly #bearers: StreamStates<Bearer>;
  readonly #groups: Rows<tables.Group, 'fair' | 'group_id'>;
  readonly #rules: Rows<tables.CountingRules, 'fair'>;
  readonly #counting: Counting;
  readonly #pages: PageWriter;
  readonly #kinds = new KindTexts();
  readonly #conflicts = new Map<number, tables.Conflict>();
  #batch: readonly Step[] = [];

  constructor(start: FoldStart) {
    this.#start = start;
    this.#bearers = new StreamStates(start, bearers);
    this.#groups = new Rows(tables.groups, ['fair', 'group_id'], start);
    this.#rules = new Rows(tables.countingRules, ['fair'], start);
    this.#counting = new Counting(start);
    this.#pages = new PageWriter(tables.gatePages, start);
  }

  take(events: readonly ProjectedFact[], causeOf: CauseOf): void {
    const batch: Step[] = [];
    for (const event of events) {
      const step = stepOf(event, causeOf);
      if (step) batch.push(step);
    }
    this.#batch = batch;
  }

  async load(db: QueryExecutorProvider): Promise<void> {
    this.#bearers.forget();
    const fairs = [...new Set(this.#batch.map(({ event }) => event.meta.fair))];
    await this.#rules.load(
      db,
      fairs.map((fair) => ({ fair })),
    );
    const streams = this.#bearers.isWhole ? new Set<string>() : streamsGoingOn(followers(this.#batch));
    for (const stream of await this.#countedOtherwise(db)) streams.add(stream);
    await this.#bearers.load(streams, (bearer) => ({ ...bearer, judgements: this.#judged(bearer) }));
    await this.#groups.load(db, this.#groupNames());
    await this.#counting.load(db, this.#judgedFacts());
    await this.#pages.load(db, fairs);
  }

  *apply(): Generator<undefined> {
    let judged = 0;
    const crowded = new Map<string, number>();
    for (const { event, key, cause, settings } of this.#batch) {
      if (settings) judged += this.#change(event.meta.fair, settings, cause);
      this.#applyGroup(event);
      if (key !== undefined) {
        const isFirst = event.version === 1 && event.type !== 'CorrectionRecorded';
        const bearer = bearers.after(isFirst ? undefined : this.#bearers.get(key), event);
        if (bearer.facts.length <= factsJudgedEach) judged += this.#judge(key, bearer, cause);
        else {
          this.#bearers.put(key, bearer);
          crowded.set(key, cause);
        }
      }
      if (judged < sliceFacts) continue;
      judged = 0;
      yield;
    }
    for (const [key, cause] of crowded) {
      const bearer = this.#bearers.get(key);
      if (bearer) this.#judge(key, bearer, cause);
    }
  }

  async save(db: QueryExecutorProvider): Promise<void> {
    await this.#groups.save(db);
    await this.#rules.save(db);
    await this.#counting.save(db);
    await upsert(db, tables.conflicts, [...this.#conflicts.values()]);
    this.#conflicts.clear();
    await this.#pages.save(db);
  }

  /** All that this batch may judge again. */
  *#judgedFacts(): Iterable<GateFact> {
    for (const { key, settings, event } of this.#batch) {
      const fact = gateFactOf(event);
      if (fact) yield fact;
      if (key !== undefined) yield* this.#bearers.get(key)?.facts ?? [];
      if (settings) for (const [, bearer] of this.#bearers.of(event.meta.fair)) yield* bearer.facts;
    }
  }

  *#groupNames(): Iterable<Pick<tables.Group, 'fair' | 'group_id'>> {
    for (const { event } of this.#batch) {
      const group = groupOf(event);
      if (group) yield group;
    }
    for (const fact of this.#judgedFacts()) if (isGroup(fact)) yield groupNameOf(fact);
  }

  /** Streams with facts on days for which this batch changes the rules, of which not all need be in memory. */
  async #countedOtherwise(db: QueryExecutorProvider): Promise<readonly string[]> {
    if (this.#bearers.isWhole) return [];
    const known = new Map<string, CountedBy>();
    const streams: string[] = [];
    for (const { event, settings } of this.#batch) {
      if (!settings) continue;
      const { fair } = event.meta;
      const stored = this.#rulesOf(fair)?.settings;
      const { counted } = settings;
      const from = changedFrom(known.get(fair) ?? (stored && countedBy(stored)), counted);
      known.set(fair, counted);
      if (from === undefined) continue;
      const positions = await positionsSince(db, fair, startOfDay(from));
      // Not spread: a fair's facts are more than a call can have arguments.
      for (const stream of await this.#start.earlier.streamsAt(positions)) streams.push(stream);
    }
    return streams;
  }

  #rulesOf(fair: string): tables.CountingRules | undefined {
    return this.#rules.one({ fair });
  }

  /** @returns how many facts were judged again */
  #change(fair: string, { given, counted }: NonNullable<Step['settings']>, cause: number): number {
    const before = this.#rulesOf(fair);
    const former_gates = before ? formerGates(before.settings, before.former_gates, given) : [];
    this.#rules.put({ fair, settings: given, former_gates });
    const from = changedFrom(before && countedBy(before.settings), counted);
    if (from === undefined) return 0;
    let judged = 0;
    for (const [key, bearer] of this.#bearers.of(fair))
      if (bearer.facts.some(({ day }) => day >= from)) judged += this.#judge(key, bearer, cause);
    return judged;
  }

  #applyGroup(event: ProjectedFact): void {
    const named = groupOf(event);
    const before = named && (this.#groups.one(named) ?? named);
    if (before) this.#groups.put(groupAfter(before, event));
  }

  #judged({ fair, facts, note, marks }: Bearer): Judgement[] {
    return judge(facts, {
      rules: this.#rulesOf(fair),
      note,
      marksOf: ({ kind, id }) =>
        marks.length === 0 ? marks : marks.filter((mark) => mark.kind === kind && mark.target === id),
    });
  }

  /** @returns how many facts that were */
  #judge(key: string, bearer: Bearer, cause: number): number {
    const { fair, facts, judgements: before, marks, note } = bearer;
    if (facts.length === 0) {
      // Most passes are issued without a limit, of which there is nothing to remember.
      const saysNothing = marks.length === 0 && note === undefined;
      if (!saysNothing || !this.#bearers.isWhole) this.#bearers.put(key, bearer);
      return 0;
    }
    const judged = this.#judged(bearer);
    for (const [index, fact] of facts.entries()) {
      const [old, now] = [before[index], judged[index]];
      if (!now || (old && isSameJudgement(old, now))) continue;
      if (old) this.#post(fact, old, { cause, sign: -1 });
      this.#post(fact, now, { cause, sign: 1 });
    }
    const rules = this.#rulesOf(fair)?.settings.visitRules ?? defaultRules;
    for (const conflict of conflictEffects(facts, { judged, before }, rules))
      this.#conflicts.set(conflict.position, conflict);
    this.#bearers.put(key, { fair, facts, judgements: judged, marks, note });
    this.#applyArrivals(facts, judged);
    return judged.length;
  }

  #post(fact: GateFact, judgement: Judgement, { cause, sign }: Pick<Posting, 'cause' | 'sign'>): void {
    const kind = this.#kinds.of(fact);
    this.#counting.count(fact, judgement, { kind, sign });
    const posting = postingOf(fact, judgement, { kind, cause, sign });
    if (posting) this.#pages.add(fact.fair, posting);
  }

  #applyArrivals([first]: readonly GateFact[], judged: readonly Judgement[]): void {
    if (!first || !isGroup(first)) return;
    const named = groupNameOf(first);
    const before = this.#groups.one(named) ?? { ...named, details: null, school: '', classes: 0, arrived: 0 };
    this.#groups.put({ ...before, arrived: judged.reduce((sum, { visits }) => sum + visits, 0) });
  }
}

/** Undefined for an event that says nothing of who came. */
function stepOf(event: ProjectedFact, causeOf: CauseOf): Step | undefined {
  const key = bearers.keyOf(event);
  const isSetting = event.type === 'FairCreated' || event.type === 'FairRevised';
  const settings = isSetting ? settingsOf(event.data.settings) : undefined;
  if (key === undefined && !settings && !groupOf(event)) return undefined;
  checkMoment(event);
  return { event, cause: causeOf(event), key, settings };
}

/** Broken settings show here. */
const settingsOf = (given: FairSettings) => ({ given, counted: countedBy(given) });

/** A correction follows nothing that is in its stream. */
function* followers(batch: readonly Step[]): Iterable<ProjectedFact> {
  for (const { event, key } of batch) if (key !== undefined && event.type !== 'CorrectionRecorded') yield event;
}

const isGroup = ({ bearer_kind }: GateFact): boolean => bearer_kind === 'group';

const groupNameOf = ({ fair, bearer }: GateFact) => ({ fair, group_id: bearer });
