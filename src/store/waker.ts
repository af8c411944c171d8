/** Lets one loop sleep until somebody has something for it, and never through a wake-up that came just before. */
export class Waker {
  #isWoken = false;
  #wakeUp: (() => void) | undefined;

  wake(): void {
    this.#isWoken = true;
    this.#wakeUp?.();
  }

  /** Resolves at the next wake-up, at once if there was one since the last wait, else after `timeoutMs`. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.#isWoken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#isWoken = false;
    this.#wakeUp = undefined;
  }
}
