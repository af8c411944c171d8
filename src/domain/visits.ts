import type { FairSettings, VisitRule } from '../../events/fair.ts';
import { localDay } from './local-time.ts';

/** One admission of a pass. `id` is the one the client gave the scan, `occurredAt` in ms. */
export type Admission = {
  readonly id: string;
  readonly occurredAt: number;
  readonly persons: number;
  readonly partySize: number;
};

export type DatedRule = FairSettings['visitRules'][number];

/** An admission that is a visit, and of how many persons. */
export type Visit<A extends Admission> = { readonly admission: A; readonly persons: number };

/** The order of facts: by the time they happened, then by id. */
export const byOccurrence = (
  a: { readonly occurredAt: number; readonly id: string },
  b: { readonly occurredAt: number; readonly id: string },
): number => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Picks the admissions that are visits (metric dictionary, “When an admission is a visit”).
 * A function of the set: the order of the list is of no matter.
 * @param admissions of one pass at one site, none of them voided or a repeat read
 * @param rules in any order; each holds from its local day on, the first one before that too
 */
export function countVisits<A extends Admission>(admissions: readonly A[], rules: readonly DatedRule[]): Visit<A>[] {
  const dated = [...rules].sort((a, b) => (a.from < b.from ? -1 : 1));
  const visits: { admission: A; persons: number; rule: DatedRule }[] = [];
  for (const admission of [...admissions].sort(byOccurrence)) {
    const rule = ruleOn(dated, localDay(admission.occurredAt));
    const last = visits.at(-1);
    const persons = Math.min(admission.persons, admission.partySize);
    if (!last || last.rule !== rule || isNext[rule.rule.kind](last.admission, admission, rule.rule)) {
      visits.push({ admission, persons, rule });
    } else {
      last.persons = Math.max(last.persons, persons);
    }
  }
  return visits.map(({ admission, persons }) => ({ admission, persons }));
}

/** The rule in force on a local day; `dated` is sorted by its days. */
function ruleOn(dated: readonly DatedRule[], day: string): DatedRule {
  const rule = dated.findLast(({ from }) => from <= day) ?? dated[0];
  if (!rule) throw new Error('a fair has at least one visit rule');
  return rule;
}

type Times = { readonly occurredAt: number };

/** Whether an admission after the last counted one, under the same rule, counts again. */
const isNext: { readonly [Kind in VisitRule['kind']]: (last: Times, next: Times, rule: VisitRule) => boolean } = {
  'per-day': (last, next) => localDay(last.occurredAt) !== localDay(next.occurredAt),
  'per-entry': () => true,
  'per-hours': (last, next, rule) =>
    rule.kind === 'per-hours' && next.occurredAt - last.occurredAt >= rule.hours * 3_600_000,
};
