import type { Posting } from '../page-table.ts';
import { flags, gateKindText } from './queries/kinds.ts';
import type { GateFact } from './tables.ts';

/** Undefined for a fact that no figure and no list has. */
export function postingOf(fact: GateFact): Omit<Posting, 'cause' | 'sign'> | undefined {
  const flagged = flagsOf(fact);
  if (flagged === 0) return undefined;
  const kind = gateKindText({ ...fact, day: fact.kind === 'correction' ? fact.day : '' });
  return { fact: fact.position, at: fact.occurred_at, kind, amounts: [fact.persons, fact.visits, flagged] };
}

function flagsOf(fact: GateFact): number {
  const isKept = fact.standing === 'kept';
  return (
    ifso(isKept, flags.kept) |
    ifso(fact.is_first, flags.first) |
    ifso(fact.is_conflict, flags.conflict) |
    ifso(isKept && fact.is_late, flags.late) |
    ifso(fact.standing === 'unverified', flags.unverified) |
    ifso(fact.standing === 'repeat', flags.repeat) |
    ifso(fact.is_outside_days, flags.outsideDays)
  );
}

const ifso = (is: boolean, flag: number): number => (is ? flag : 0);
