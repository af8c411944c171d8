import type { Plan } from '../plan/plan.ts';
import { plannedFacts } from '../plan/plan.ts';
import type { Line } from '../sending/request.ts';
import { type Acknowledged, heardOf } from './acknowledged.ts';
import { expectedOf } from './expected.ts';

/** What the platform says when everything was sent. */
export type Platform = {
  /** The log's position before the first fact was sent, and after the last. */
  readonly before: number;
  readonly after: number;
  readonly status: string;
  /** ms since 1970. */
  readonly asOf: number;
  readonly figures: ReadonlyMap<string, number | null>;
  /** By figure: the facts behind it, as often as they are listed, by the ids that their phones gave them. */
  readonly behind: ReadonlyMap<string, readonly { readonly id: string; readonly position: number }[]>;
};

export type Truth = {
  readonly compared: { readonly facts: number; readonly figures: number; readonly behind: number };
  readonly expected: Readonly<Record<string, number>>;
  /** Sentences; none where everything agrees. */
  readonly differences: readonly string[];
};

/** In order: every answer is the one that the plan knows. In any order: a request that broke off was overtaken. */
export type Order = 'in-order' | 'any-order';

/** Compares what was sent and acknowledged with what the platform says it has. */
export function compare(plan: Plan, lines: readonly Line[], platform: Platform, order: Order): Truth {
  const heard = heardOf(plannedFacts(plan), lines);
  const { acknowledged } = heard;
  const { figures, behind } = expectedOf(acknowledged, plan, platform.asOf);
  const positions = new Map(acknowledged.map(({ fact, position }) => [fact.id, position]));
  return {
    compared: { facts: acknowledged.length, figures: Object.keys(figures).length, behind: Object.keys(behind).length },
    expected: figures,
    differences: [
      ...few(
        'was sent and never taken',
        heard.refused.map(({ fact, status }) => `${nameOf(fact)} (answered ${status})`),
      ),
      ...few('was answered differently when it was sent again', acknowledged.filter(isContradicted).map(nameOfHeard)),
      ...few('was understood to have happened at another time', acknowledged.filter(misdated(lines)).map(nameOfHeard)),
      ...few(
        'was answered otherwise than planned',
        acknowledged.filter((each) => isUnplanned(each, order)).map(answerOf),
      ),
      ...positionsIn(acknowledged, platform),
      ...(platform.status === 'provisional' ? [] : [`The figures are ${platform.status}, not provisional.`]),
      ...Object.entries(figures).flatMap(([key, value]) => figureIn(key, value, platform.figures.get(key))),
      ...Object.entries(behind).flatMap(([key, ids]) => factsBehind(key, ids, positions, platform.behind.get(key))),
    ],
  };
}

const named = 5;

/** One sentence for all things of a kind, naming the first of them. */
function few(what: string, things: readonly string[]): string[] {
  if (things.length === 0) return [];
  const more = things.length > named ? ` and ${things.length - named} more` : '';
  return [`${things.length}× ${what}: ${things.slice(0, named).join(', ')}${more}.`];
}

const nameOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`;
const nameOfHeard = ({ fact }: Acknowledged): string => nameOf(fact);

const isContradicted = ({ answers, outcome, position }: Acknowledged): boolean =>
  answers.some((answer) => answer.outcome !== outcome || answer.position !== position);

/**
 * A clock is corrected in whole seconds, by what the network's own delay makes it look like: by no more than the
 * longest answer took.
 */
const misdated = (lines: readonly Line[]) => {
  const offMsMax = 1000 + Math.max(0, ...lines.map(({ ms }) => ms));
  return ({ answers }: Acknowledged): boolean =>
    answers.some(
      ({ understoodAt, happenedAt }) => understoodAt !== null && Math.abs(understoodAt - happenedAt) > offMsMax,
    );
};

/** An undo may come before what it undoes, and is pending until then. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  'walk-in': ['counted'],
  arrival: ['arrived'],
  void: ['voided', 'pending'],
  sale: ['recorded'],
  return: ['recorded'],
  'stock-entry': ['recorded'],
};
const isUnplanned = ({ fact, outcome }: Acknowledged, order: Order): boolean =>
  fact.kind === 'scan'
    ? order === 'in-order' && outcome !== fact.expects
    : outcomes[fact.kind]?.includes(outcome) !== true;
const answerOf = ({ fact, outcome }: Acknowledged): string => `${nameOf(fact)} (${outcome})`;

/** The log between the two moments holds every acknowledged fact at its position, once, and nothing else. */
function positionsIn(acknowledged: readonly Acknowledged[], { before, after }: Platform): string[] {
  const told = Map.groupBy(acknowledged, ({ position }) => position);
  const gaps = Array.from({ length: Math.max(0, after - before) }, (_, index) => before + 1 + index).filter(
    (position) => !told.has(position),
  );
  const twice = [...told.values()].filter((facts) => facts.length > 1);
  const outside = acknowledged.filter(({ position }) => position <= before || position > after);
  return [
    ...few('position of the log that nobody was told of', gaps.map(String)),
    ...few(
      'position that several facts were told',
      twice.map((facts) => facts.map(nameOfHeard).join(' = ')),
    ),
    ...few('acknowledged, but not in this log', outside.map(nameOfHeard)),
  ];
}

const figureIn = (key: string, expected: number, said: number | null | undefined): string[] =>
  said === expected ? [] : [`${key}: what was acknowledged makes ${expected}, the platform says ${said ?? 'nothing'}.`];

function factsBehind(
  key: string,
  expected: readonly string[],
  positions: ReadonlyMap<string, number>,
  said: readonly { readonly id: string; readonly position: number }[] = [],
): string[] {
  const listed = Map.groupBy(said, ({ id }) => id);
  const known = new Set(expected);
  const wrong = [...listed].filter(
    ([id, facts]) => known.has(id) && facts.some((fact) => fact.position !== positions.get(id)),
  );
  return [
    ...few(
      `lost behind ${key}`,
      expected.filter((id) => !listed.has(id)),
    ),
    ...few(
      `counted twice behind ${key}`,
      [...listed].filter(([, facts]) => facts.length > 1).map(([id]) => id),
    ),
    ...few(
      `behind ${key}, and not to be there`,
      [...listed.keys()].filter((id) => !known.has(id)),
    ),
    ...few(
      `behind ${key} at another position than was told`,
      wrong.map(([id]) => id),
    ),
  ];
}
