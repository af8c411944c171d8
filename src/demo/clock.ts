/** The fair's own time, in ms since 1970: it stands still while the phones send, and is moved on in between. */
export class FairClock {
  #moment: number;
  #runningSince: number | null = null;

  constructor(start: number) {
    this.#moment = start;
  }

  /** What the server is given as its clock. */
  readonly now = (): number =>
    this.#runningSince === null ? this.#moment : this.#moment + Math.floor(performance.now() - this.#runningSince);

  /** Moves on to a moment; one that is past already changes nothing. */
  advanceTo(moment: number): void {
    this.#moment = Math.max(this.#moment, moment);
  }

  /** From here on it goes with the real time. */
  run(): void {
    this.#runningSince ??= performance.now();
  }
}
