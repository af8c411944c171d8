import type { Fact } from '../../../load-tests/plan/facts.ts';
import { type Plan, plannedFacts } from '../../../load-tests/plan/plan.ts';
import type { Answer, Line } from '../../../load-tests/sending/request.ts';
import { heardOf } from '../../../load-tests/truth/acknowledged.ts';
import type { Platform } from '../../../load-tests/truth/differences.ts';
import { expectedOf } from '../../../load-tests/truth/expected.ts';

/** Facts of the set-up are before the first one that is sent. */
export const before = 100;

const outcomes = {
  'walk-in': 'counted',
  arrival: 'arrived',
  void: 'voided',
  sale: 'recorded',
  return: 'recorded',
  'stock-entry': 'recorded',
};

/** The answers to everything that a plan sends, where all goes well. @param startedAt ms since 1970 */
export const honestLines = (plan: Plan, startedAt: number): Line[] =>
  plannedFacts(plan).map((fact, index) => lineOf(answerOf(fact, before + 1 + index, startedAt), fact.kind));

/** What a platform says that has taken exactly what those lines acknowledge. */
export function honestPlatform(plan: Plan, lines: readonly Line[], asOf: number): Platform {
  const { acknowledged } = heardOf(plannedFacts(plan), lines);
  const { figures, behind } = expectedOf(acknowledged, plan, asOf);
  const positions = new Map(acknowledged.map(({ fact, position }) => [fact.id, position]));
  return {
    before,
    after: before + acknowledged.length,
    status: 'provisional',
    asOf,
    figures: new Map(Object.entries(figures)),
    behind: new Map(
      Object.entries(behind).map(([key, ids]) => [key, ids.map((id) => ({ id, position: positions.get(id) ?? 0 }))]),
    ),
  };
}

export const lineOf = (answer: Answer, kind: string): Line => ({
  stream: 'scans',
  phase: 'load',
  kind,
  at: answer.happenedAt,
  ms: 5,
  round: 1,
  attempt: 1,
  status: answer.status,
  answers: [answer],
});

function answerOf(fact: Fact, position: number, startedAt: number): Answer {
  const happenedAt = startedAt + fact.at * 1000;
  const outcome = fact.kind === 'scan' ? fact.expects : outcomes[fact.kind];
  return { id: fact.id, status: 200, happenedAt, outcome, position, understoodAt: happenedAt };
}
