import type { Posting } from '../page-table.ts';
import { flags, gateKindText } from './queries/kinds.ts';
import type { GateFact, Judgement } from './tables.ts';

/** Undefined for a fact that no figure and no list has. */
export function postingOf(
  fact: GateFact,
  judgement: Judgement,
  { kind, cause, sign }: Pick<Posting, 'kind' | 'cause' | 'sign'>,
): Posting | undefined {
  const flagged = flagsOf(fact, judgement);
  if (flagged === 0) return undefined;
  return {
    cause,
    fact: fact.position,
    at: fact.occurred_at,
    sign,
    kind,
    amounts: [fact.persons, judgement.visits, flagged],
  };
}

/** The texts of kinds, each of which is put together once, however many facts are of it. */
export class KindTexts {
  readonly #root: Level = new Map();

  of({ kind, direction, site, gate, category, source, day }: GateFact): string {
    let level = this.#root;
    for (const part of [kind, direction, site, gate, category]) {
      const next = level.get(part);
      if (next instanceof Map) level = next;
      else {
        const made: Level = new Map();
        level.set(part, made);
        level = made;
      }
    }
    const named = kind === 'correction' ? day : '';
    const known = level.get(named === '' ? source : named);
    if (typeof known === 'string') return known;
    const text = gateKindText({ kind, direction, site, gate, category, source, day: named });
    level.set(named === '' ? source : named, text);
    return text;
  }
}

type Level = Map<string, Level | string>;

function flagsOf(fact: GateFact, { standing, is_first, is_conflict, is_outside_days }: Judgement): number {
  const isKept = standing === 'kept';
  return (
    ifso(isKept, flags.kept) |
    ifso(is_first, flags.first) |
    ifso(is_conflict, flags.conflict) |
    ifso(isKept && fact.is_late, flags.late) |
    ifso(standing === 'unverified', flags.unverified) |
    ifso(standing === 'repeat', flags.repeat) |
    ifso(is_outside_days, flags.outsideDays)
  );
}

const ifso = (is: boolean, flag: number): number => (is ? flag : 0);
