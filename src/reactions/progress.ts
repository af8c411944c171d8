/** How far the reactions are. Positions are those of the log. */
export type Progress = {
  /** Every fact up to here was reacted to, or is parked. */
  readonly position: number;
  /** Facts whose reaction failed; they are tried again, in whatever order. */
  readonly parked: readonly number[];
};

/** The right to react, until somebody else takes it over. */
export type Turn = {
  readonly progress: Progress;
  /** Says how far we are, and that we live. @throws TurnLost when another node has taken over; nothing is kept then. */
  save(progress: Progress): Promise<void>;
  /** Lets another node go on at once. */
  release(): Promise<void>;
};

/** Where progress is kept between nodes and restarts. */
export type ProgressKeeper = {
  /** The turn, unless another node has it and has not been silent for long. */
  take(): Promise<Turn | undefined>;
};

export class TurnLost extends Error {
  constructor() {
    super('another node reacts by now');
    this.name = 'TurnLost';
  }
}
