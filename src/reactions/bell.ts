/** Wakes one sleeper early. A ring while nobody sleeps is kept for the next one. */
export class Bell {
  #isRung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#isRung = true;
    this.#wake?.();
  }

  /** Resolves at the next ring, and after so many seconds in any case. */
  async heard({ secondsMax }: { readonly secondsMax: number }): Promise<void> {
    if (!this.#isRung) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, secondsMax * 1000);
      });
      clearTimeout(timer);
      this.#wake = undefined;
    }
    this.#isRung = false;
  }
}
