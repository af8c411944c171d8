type Outcome = { readonly outcome: string };
type No = { readonly outcome: 'refused' };

/**
 * The answer of a write that the plan knows will be taken.
 * @throws Error with the reason where it was refused
 */
export function expectDone<Answer extends Outcome>(answer: Answer, what: string): Exclude<Answer, No> {
  if (!isDone(answer)) throw new Error(`${what} was refused: ${JSON.stringify(answer)}`);
  return answer;
}

const isDone = <Answer extends Outcome>(answer: Answer): answer is Exclude<Answer, No> => answer.outcome !== 'refused';
