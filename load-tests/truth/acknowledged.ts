import type { Fact } from '../plan/facts.ts';
import type { Answer, Line } from '../sending/request.ts';

/** A fact that the platform said it has, and what it said. */
export type Acknowledged = {
  readonly fact: Fact;
  readonly outcome: string;
  readonly position: number;
  /** ms since 1970: when it happened, as the platform understood it, or as the phone knows where it did not say. */
  readonly at: number;
  /** All answers to it were 200 and the same. */
  readonly answers: readonly Answer[];
};

export type Heard = {
  readonly acknowledged: readonly Acknowledged[];
  /** Sent, and never taken: by the last status that was answered. */
  readonly refused: readonly { readonly fact: Fact; readonly status: number }[];
  /** Planned and not sent at all. */
  readonly unsent: readonly Fact[];
};

/** What was heard of each planned fact, over all its sendings. */
export function heardOf(facts: readonly Fact[], lines: readonly Line[]): Heard {
  const answers = Map.groupBy(
    lines.flatMap((line) => line.answers),
    ({ id }) => id,
  );
  const acknowledged: Acknowledged[] = [];
  const refused: { fact: Fact; status: number }[] = [];
  const unsent: Fact[] = [];
  for (const fact of facts) {
    const own = answers.get(fact.id) ?? [];
    const done = own.filter(({ status }) => status === 200);
    const [first] = done;
    if (first) acknowledged.push(acknowledgedAs(fact, first, done));
    else if (own.length > 0) refused.push({ fact, status: own.at(-1)?.status ?? 0 });
    else unsent.push(fact);
  }
  return { acknowledged, refused, unsent };
}

const acknowledgedAs = (fact: Fact, first: Answer, answers: readonly Answer[]): Acknowledged => ({
  fact,
  outcome: first.outcome ?? 'nothing',
  position: first.position ?? 0,
  at: first.understoodAt ?? first.happenedAt,
  answers,
});
