import { dayOf } from './calendar.ts';
import type { Arrival, GateFact, PosterScan, Scan, WalkIn } from './gate/facts.ts';
import type { Group } from './gate/groups.ts';
import type { Pass } from './gate/parties.ts';
import { excludedCategories } from '../../../events/fields.ts';

/** People let in by a fact that counts: not a repeat read, a refusal or a mistake. */
export type Entry = {
  readonly at: number;
  readonly persons: number;
  readonly counts: 'visit' | 'again';
  readonly day: string;
  readonly gate: string;
  readonly category: string;
  readonly source: 'pass' | 'poster' | 'group' | 'walk-in';
  readonly pass: Pass | null;
  readonly group: Group | null;
};

/** Every entry there really was, people who work at the fair included. */
export const entriesOf = (facts: readonly GateFact[]): Entry[] => facts.flatMap((fact) => entryOf(fact) ?? []);

function entryOf(fact: GateFact): Entry | undefined {
  if (fact.kind === 'void' || (fact.means !== 'visit' && fact.means !== 'again' && fact.means !== 'conflict'))
    return undefined;
  const { at, persons } = fact;
  return {
    at,
    persons,
    counts: fact.means === 'visit' ? 'visit' : 'again',
    day: dayOf(at),
    gate: gateOf(fact),
    ...whoOf(fact),
  };
}

const gateOf = (fact: Scan | PosterScan | WalkIn | Arrival): string =>
  fact.kind === 'poster-scan' ? fact.gate : fact.device.gate;

type Who = Pick<Entry, 'category' | 'source' | 'pass' | 'group'>;

function whoOf(fact: Scan | PosterScan | WalkIn | Arrival): Who {
  if (fact.kind === 'walk-in') return { category: fact.category, source: 'walk-in', pass: null, group: null };
  if (fact.kind === 'arrival') return { category: 'pupil', source: 'group', pass: null, group: fact.group };
  const pass = fact.kind === 'poster-scan' ? fact.pass : passOf(fact);
  return { category: pass.category, source: pass.from === 'poster' ? 'poster' : 'pass', pass, group: null };
}

function passOf({ showing }: Scan): Pass {
  if (showing.kind === 'other') throw new Error('nobody is let in by a code that is no pass');
  return showing.pass;
}

const excluded = new Set<string>(excludedCategories);

/** Whether somebody of this category is never a visit (metric dictionary, “excluded”). */
export const isExcluded = ({ category }: Pick<Entry, 'category'>): boolean => excluded.has(category);
