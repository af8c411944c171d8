import type { FairSettings } from '../../events/fair.ts';
import { type Category, countedCategories } from '../../events/fields.ts';
import { repeatReads } from '../../src/domain/repeat-reads.ts';
import { byOccurrence, countVisits } from '../../src/domain/visits.ts';
import { voidTakesEffect } from '../../src/domain/void.ts';
import { type Circumstances, conflictsAmong, isLimited } from './conflicts.ts';
import { bearerName, occurrenceOf } from './facts.ts';
import type { GateFact, Judgement, Mark, Standing } from './tables.ts';

/** What is judged by; `marksOf` gives the undos and acceptances of a fact. */
export type Judging = Circumstances & { readonly marksOf: (fact: GateFact) => readonly Mark[] };

/**
 * Says of all facts of one bearer together which of them count, and what.
 * A function of the set of facts and marks: the order of the list is of no matter.
 * @returns one for each fact, in their order
 */
export function judge(facts: readonly GateFact[], judging: Judging): Judgement[] {
  const [alone] = facts;
  if (alone && facts.length === 1) return [judgeAlone(alone, judging)];
  const standings = standingsOf(facts, judging);
  const kept = facts.filter((_, index) => standings[index] === 'kept');
  const visits = visitsOf(kept, judging);
  const first = firstOf(kept);
  const conflicts = conflictsAmong(kept, judging);
  return facts.map((fact, index) => {
    const standing = standings[index] ?? 'kept';
    return {
      standing,
      visits: visits.get(fact) ?? 0,
      is_first: fact === first,
      is_conflict: conflicts.has(fact),
      is_outside_days: standing === 'kept' && isOutsideDays(fact, judging),
    };
  });
}

export const isSameJudgement = (one: Judgement, other: Judgement): boolean =>
  one.standing === other.standing &&
  one.visits === other.visits &&
  one.is_first === other.is_first &&
  one.is_conflict === other.is_conflict &&
  one.is_outside_days === other.is_outside_days;

/** The same of a fact that no other stands beside, which is most of them. */
function judgeAlone(fact: GateFact, judging: Judging): Judgement {
  const standing = standingAlone(fact, judging.marksOf(fact));
  const isKept = standing === 'kept';
  const isIn = isKept && fact.direction === 'in';
  return {
    standing,
    visits: isIn ? fact.persons : 0,
    is_first: isIn && isOfUniqueVisitor(fact),
    is_conflict: isKept && isLimited(judging.note) && conflictsAmong([fact], judging).has(fact),
    is_outside_days: isKept && isOutsideDays(fact, judging),
  };
}

const isOutsideDays = ({ day }: GateFact, { rules }: Judging): boolean =>
  rules !== undefined && !rules.settings.days.includes(day);

const counted: readonly Category[] = countedCategories;

export const isCounted = (category: Category): boolean => counted.includes(category);

/** Voided ones leave first, then those nobody vouches for; repeat reads are found among the rest. */
function standingsOf(facts: readonly GateFact[], judging: Judging): Standing[] {
  const standings = facts.map((fact) => standingAlone(fact, judging.marksOf(fact)));
  if (facts.length < 2) return standings;
  const reads = facts.flatMap((fact, index) =>
    fact.bearer_kind === 'pass' && (standings[index] === 'kept' || standings[index] === 'refused')
      ? { ...occurrenceOf(fact), index, direction: fact.direction, outcome: fact.outcome }
      : [],
  );
  for (const { index } of repeatReads(reads)) standings[index] = 'repeat';
  return standings;
}

function standingAlone(fact: GateFact, marks: readonly Mark[]): Standing {
  const isVoided = (mark: Mark) =>
    mark.effect === 'void' && isAbout(mark, fact) && voidTakesEffect(authored(mark), authored(fact));
  if (marks.some(isVoided)) return 'voided';
  if (fact.outcome === 'refused') return 'refused';
  const isTrusted = fact.trust === 'verified' || marks.some(({ effect }) => effect === 'acceptance');
  return isTrusted ? 'kept' : 'unverified';
}

/** An undo that names another pass, or another group, stands in that one's stream and undoes nothing here. */
const isAbout = ({ bearer }: Mark, fact: GateFact): boolean => bearer === null || bearer === bearerName(fact);

function visitsOf(kept: readonly GateFact[], { rules }: Judging): Map<GateFact, number> {
  const visits = new Map<GateFact, number>();
  const entering = kept.filter(({ direction }) => direction === 'in');
  for (const fact of entering) if (fact.kind !== 'scan') visits.set(fact, fact.persons);
  const bySite = Map.groupBy(
    entering.filter(({ kind }) => kind === 'scan'),
    ({ site }) => site,
  );
  for (const facts of bySite.values()) {
    const admissions = facts.map((fact) => ({
      ...occurrenceOf(fact),
      persons: fact.persons,
      partySize: fact.party_size,
    }));
    for (const { admission, persons } of countVisits(admissions, rules?.settings.visitRules ?? defaultRules))
      visits.set(admission.fact, persons);
  }
  return visits;
}

/** Until a fair has said otherwise. */
export const defaultRules: FairSettings['visitRules'] = [{ from: '2000-01-01', rule: { kind: 'per-day' } }];

/** The admission by which the pass is one of the unique visitors. */
function firstOf(kept: readonly GateFact[]): GateFact | undefined {
  const admissions = kept.filter((fact) => fact.direction === 'in' && isOfUniqueVisitor(fact));
  return admissions.map(occurrenceOf).sort(byOccurrence)[0]?.fact;
}

const isOfUniqueVisitor = ({ bearer_kind, category }: GateFact): boolean =>
  bearer_kind === 'pass' && isCounted(category);

const authored = ({ actor, occurred_at }: Pick<Mark, 'actor' | 'occurred_at'>) => ({ actor, occurredAt: occurred_at });
