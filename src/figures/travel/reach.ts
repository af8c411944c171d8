/** What is asked of the past. What is left out sets no bound. */
export type LookBack = {
  /** What had happened by this moment, ms. */
  readonly trueAt?: number | undefined;
  /** What the log held up to this position (`position-at.ts`). */
  readonly known?: number | undefined;
};

/** How far a look back sees. */
export type Reach = {
  /** The last log position that was known. */
  readonly known: number;
  /** The same, but for what a closing held back then: what counted. */
  readonly counted: number;
  /** ms; infinite where nothing that was known is left out. */
  readonly trueAt: number;
};
