import type { FactAnswer } from './check-answer.ts';
import type { Fact } from './plan/deliveries.ts';

/** How much has been sent, and how far the log was when the last answer came. */
export class Progress {
  /** Facts that were answered, repeats included. */
  answers = 0;
  /** The greatest position in the log that an answer named. */
  position = 0;
  readonly #onAnswer: ((fact: Fact, answer: FactAnswer) => void) | undefined;

  /** @param onAnswer told of every answer */
  constructor(onAnswer?: (fact: Fact, answer: FactAnswer) => void) {
    this.#onAnswer = onAnswer;
  }

  saw(fact: Fact, answer: FactAnswer): void {
    this.answers += 1;
    this.position = Math.max(this.position, answer.position ?? 0);
    this.#onAnswer?.(fact, answer);
  }
}
