type Happening = {
  /** Virtual time, ms since 1970. */
  readonly at: number;
  /** Orders what happens at the same moment, whoever planned it first. */
  readonly name: string;
  readonly happen: () => void | Promise<void>;
};

/** What is going to happen, in the order of a virtual clock. */
export class Timeline {
  readonly #coming: Happening[] = [];
  /** Ms since 1970; stands still while something happens. */
  now: number;

  constructor(now: number) {
    this.now = now;
  }

  /** @param at ms since 1970; what should have happened already happens now */
  plan(at: number, name: string, happen: Happening['happen']): void {
    const happening = { at: Math.max(Math.round(at), this.now), name, happen };
    const index = this.#coming.findLastIndex((other) => isBefore(other, happening));
    this.#coming.splice(index + 1, 0, happening);
  }

  /** How long, in ms, until something happens; undefined where nothing will. */
  pause(): number | undefined {
    const [first] = this.#coming;
    return first && first.at - this.now;
  }

  /** Lets the next thing happen, and the clock show its time. */
  async advance(): Promise<void> {
    const next = this.#coming.shift();
    if (!next) return;
    this.now = next.at;
    await next.happen();
  }
}

const isBefore = (a: Happening, b: Happening): boolean => a.at < b.at || (a.at === b.at && a.name <= b.name);
