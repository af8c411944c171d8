import type { Arrival, WalkIn } from '../plan/facts.ts';
import type { Plan } from '../plan/plan.ts';
import type { Acknowledged } from './acknowledged.ts';
import { expectedBooks } from './books.ts';
import { insideNow } from './inside.ts';
import { bearersOf, type Passage, passageOf, passagesOf, visitsOf } from './visits.ts';

/** What the figures must be, and which facts must be behind them, by their ids; in no order. */
export type Expected = {
  readonly figures: Readonly<Record<string, number>>;
  readonly behind: Readonly<Record<string, readonly string[]>>;
};

/** An undo that came before what it undoes waits for it. */
const takesEffect = new Set(['voided', 'pending']);

const excluded = new Set(['staff', 'exhibitor', 'press', 'contractor']);

/**
 * Counts, from what was sent and taken alone, what the platform must say: the metric dictionary (domain, §2) over
 * again, by none of the platform's code.
 * @param now ms since 1970; says which day today is
 */
export function expectedOf(acknowledged: readonly Acknowledged[], plan: Pick<Plan, 'passes'>, now: number): Expected {
  const voided = new Set(
    acknowledged.flatMap(({ fact, outcome }) => (fact.kind === 'void' && takesEffect.has(outcome) ? [fact.of.id] : [])),
  );
  const isVoided = (id: string) => voided.has(id);
  const books = expectedBooks(acknowledged, isVoided);
  const gates = expectedAtGates(acknowledged, { bearerOf: bearersOf(plan), isVoided, now });
  return { figures: { ...gates.figures, ...books.figures }, behind: { ...gates.behind, ...books.behind } };
}

type Circumstances = {
  readonly bearerOf: ReturnType<typeof bearersOf>;
  readonly isVoided: (id: string) => boolean;
  readonly now: number;
};

/** Somebody, or several, going in or out, with what that counts. */
export type Movement = {
  readonly id: string;
  readonly at: number;
  readonly direction: 'in' | 'out';
  readonly persons: number;
  readonly visits: number;
  readonly category: string;
};

function expectedAtGates(acknowledged: readonly Acknowledged[], { bearerOf, isVoided, now }: Circumstances): Expected {
  const { kept, repeats, unverified } = passagesOf(acknowledged.flatMap(passageOf), isVoided);
  const visits = visitsOf(kept, bearerOf);
  const scanned = kept.map((passage) => movementOf(passage, visits.get(passage) ?? 0, bearerOf));
  const counted = acknowledged.flatMap(({ fact, at }) =>
    (fact.kind === 'walk-in' || fact.kind === 'arrival') && !isVoided(fact.id) ? [countOf(fact, at)] : [],
  );
  const moved = [...scanned, ...counted];
  const visiting = moved.filter((each) => each.visits > 0);
  const [inside, today] = insideNow(moved, now);
  const isGuest = ({ category }: Movement) => !excluded.has(category);
  const entering = moved.filter(({ direction }) => direction === 'in');
  const first = firstAdmissions(
    kept.filter(({ pass }) => pass !== undefined && !excluded.has(bearerOf(pass).category)),
  );
  return {
    figures: {
      visits: sum(visiting.filter(isGuest), ({ visits }) => visits),
      entries: sum(entering, ({ persons }) => persons),
      'unique-visitors': first.length,
      'inside-now': inside,
      excluded: sum(
        visiting.filter((each) => !isGuest(each)),
        ({ visits }) => visits,
      ),
    },
    behind: {
      visits: idsOf(visiting.filter(isGuest)),
      entries: idsOf(entering),
      'unique-visitors': idsOf(first),
      'inside-now': idsOf(today),
      excluded: idsOf(visiting.filter((each) => !isGuest(each))),
      'repeat-reads': idsOf(repeats),
      unverified: idsOf(unverified),
    },
  };
}

function movementOf({ id, at, scan, pass }: Passage, visits: number, bearerOf: Circumstances['bearerOf']): Movement {
  const category = pass === undefined ? 'individual' : bearerOf(pass).category;
  return { id, at, direction: scan.direction, persons: scan.persons, visits, category };
}

/** Groups and people without a pass count whenever they come in. */
function countOf(fact: WalkIn | Arrival, at: number): Movement {
  const { id, persons } = fact;
  const [direction, category] = fact.kind === 'arrival' ? (['in', 'pupil'] as const) : [fact.direction, fact.category];
  return { id, at, direction, persons, visits: direction === 'in' ? persons : 0, category };
}

/** By which each pass is one of the unique visitors. `kept` is in the order of occurrence. */
const firstAdmissions = (kept: readonly Passage[]): Passage[] =>
  [
    ...Map.groupBy(
      kept.filter(({ scan }) => scan.direction === 'in'),
      ({ pass }) => pass,
    ).values(),
  ].flatMap(([first]) => first ?? []);

const sum = <Item>(items: readonly Item[], amount: (item: Item) => number): number =>
  items.reduce((total, item) => total + amount(item), 0);

const idsOf = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);
