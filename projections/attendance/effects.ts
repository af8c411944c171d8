import type { FairSettings } from '../../events/fair.ts';
import { countVisits } from '../../src/domain/visits.ts';
import { isCounted } from './judge.ts';
import type { Conflict, GateFact, Judgement } from './tables.ts';

/**
 * What each conflict of a bearer adds to the figures: mostly nothing, since the pass was admitted anyway; below 0 where
 * another admission would have counted more persons.
 * @param facts of one bearer
 * @param judged what each of them counts now, and `before` what it counted; what was a conflict then, and is none now,
 *   adds nothing
 */
export function conflictEffects(
  facts: readonly GateFact[],
  { judged, before }: { readonly judged: readonly Judgement[]; readonly before: readonly Judgement[] },
  rules: FairSettings['visitRules'],
): Conflict[] {
  const isConflict = (index: number) => judged[index]?.is_conflict === true;
  const conflicts = facts
    .map((fact, index) => ({ fact, index }))
    .filter(({ index }) => isConflict(index) || before[index]?.is_conflict === true);
  if (conflicts.length === 0) return [];
  const admissions = facts.filter(
    ({ direction, category }, index) => judged[index]?.standing === 'kept' && direction === 'in' && isCounted(category),
  );
  const all = visitsOf(admissions, rules);
  return conflicts.map(({ fact, index }) => {
    const { fair, position } = fact;
    if (!isConflict(index) || !admissions.includes(fact)) return { fair, position, visits: 0, unique_visitors: 0 };
    const others = admissions.filter((admission) => admission !== fact);
    return { fair, position, visits: all - visitsOf(others, rules), unique_visitors: others.length === 0 ? 1 : 0 };
  });
}

/** Persons, all sites together. */
const visitsOf = (admissions: readonly GateFact[], rules: FairSettings['visitRules']): number =>
  [...Map.groupBy(admissions, ({ site }) => site).values()]
    .flatMap((there) => countVisits(there.map(admissionOf), rules))
    .reduce((sum, { persons }) => sum + persons, 0);

const admissionOf = ({ id, occurred_at, persons, party_size }: GateFact) => ({
  id,
  occurredAt: occurred_at,
  persons,
  partySize: party_size,
});
