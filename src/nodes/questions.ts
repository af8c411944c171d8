/** Questions to another process, each answered once, by its number, or given up. */
export class Questions<Answer> {
  readonly #open = new Map<number, (answer: Answer | undefined) => void>();
  #last = 0;

  /**
   * Asks with a new number.
   * @returns undefined when no answer came within `waitMs`, or none can come any more
   */
  ask(send: (question: number) => void, waitMs: number): Promise<Answer | undefined> {
    const question = (this.#last += 1);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.answer(question, undefined), waitMs);
      this.#open.set(question, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      send(question);
    });
  }

  /** An answer to no open question is late, and nobody waits for it. */
  answer(question: number, answer: Answer | undefined): void {
    const resolve = this.#open.get(question);
    this.#open.delete(question);
    resolve?.(answer);
  }

  giveUp(): void {
    for (const question of this.#open.keys()) this.answer(question, undefined);
  }
}
