import type { EventOf } from '../../events/catalogue.ts';
import type { FairSettings } from '../../events/fair.ts';
import { dayOf } from './facts.ts';

type Admission = EventOf<'VisitorCheckedIn'>;
type Rules = FairSettings['visitRules'];

/**
 * Which admissions of one pass at one site are visits, and of how many persons.
 * The rule of a period sees the admissions of that period only.
 */
export function visitsOfPass(admissions: readonly Admission[], rules: Rules): [scan: string, persons: number][] {
  const periods = Map.groupBy(admissions, ({ occurredAt }) => periodOf(dayOf(occurredAt), rules));
  return [...periods].flatMap(([period, events]) =>
    visitsOfPeriod(
      events,
      rules.find(({ from }) => from === period),
    ),
  );
}

const periodOf = (day: string, rules: Rules): string => {
  const starts = rules.map(({ from }) => from).sort();
  return starts.filter((from) => from <= day).at(-1) ?? starts[0] ?? '';
};

function visitsOfPeriod(events: readonly Admission[], dated: Rules[number] | undefined): [string, number][] {
  const visits: { scan: string; at: number; persons: number }[] = [];
  for (const { occurredAt, data } of [...events].sort(
    (a, b) => a.occurredAt - b.occurredAt || (a.data.scan < b.data.scan ? -1 : 1),
  )) {
    const persons = Math.min(data.persons, data.partySize);
    const last = visits.at(-1);
    if (!last || countsAgain(last.at, occurredAt, dated)) visits.push({ scan: data.scan, at: occurredAt, persons });
    else last.persons = Math.max(last.persons, persons);
  }
  return visits.map(({ scan, persons }) => [scan, persons]);
}

function countsAgain(last: number, next: number, dated: Rules[number] | undefined): boolean {
  if (dated?.rule.kind === 'per-entry') return true;
  if (dated?.rule.kind === 'per-hours') return next >= last + dated.rule.hours * 60 * 60 * 1000;
  return dayOf(last) !== dayOf(next);
}
