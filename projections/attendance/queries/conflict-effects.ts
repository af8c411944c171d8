import type { Kysely } from 'kysely';
import type { FairSettings } from '../../../events/fair.ts';
import { countedCategories } from '../../../events/fields.ts';
import { countVisits } from '../../../src/domain/visits.ts';
import type { AttendanceTables, GateFact } from '../tables.ts';

/** How many visits and unique visitors there are by a fact that there would not be without it. */
export type Effect = { readonly visits: number; readonly uniqueVisitors: number };

/**
 * What each of these conflicts adds to the figures: mostly nothing, since the pass was admitted anyway; below 0 where
 * another admission would have counted more persons.
 * @param positions of conflicts, as many as a page has
 * @returns by position
 */
export async function conflictEffects(
  db: Kysely<AttendanceTables>,
  fair: string,
  positions: readonly number[],
): Promise<ReadonlyMap<number, Effect>> {
  if (positions.length === 0) return new Map();
  const counting = await db.selectFrom('counting_rules').select('settings').where('fair', '=', fair).executeTakeFirst();
  const rules = counting?.settings.visitRules ?? [];
  const admissions = await db
    .selectFrom('gate_facts')
    .selectAll()
    .where('fair', '=', fair)
    .where('standing', '=', 'kept')
    .where('direction', '=', 'in')
    .where('category', 'in', countedCategories)
    .where('bearer', 'in', (conflicts) =>
      conflicts.selectFrom('gate_facts').select('bearer').where('fair', '=', fair).where('position', 'in', positions),
    )
    .execute();
  const byBearer = Map.groupBy(admissions, ({ bearer }) => bearer);
  const effects = new Map<number, Effect>(positions.map((position) => [position, { visits: 0, uniqueVisitors: 0 }]));
  for (const conflict of admissions.filter(({ position }) => effects.has(position)))
    effects.set(conflict.position, effectOf(conflict, byBearer.get(conflict.bearer) ?? [], rules));
  return effects;
}

/** @param admissions all those of the same pass that count, the conflict included */
function effectOf(conflict: GateFact, admissions: readonly GateFact[], rules: FairSettings['visitRules']): Effect {
  const others = admissions.filter((admission) => admission !== conflict);
  return {
    visits: visitsOf(admissions, rules) - visitsOf(others, rules),
    uniqueVisitors: others.length === 0 ? 1 : 0,
  };
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
