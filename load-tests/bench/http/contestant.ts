import type { Server } from './server-process.ts';

export const contestantNames = ['ours', 'bare', 'emmett'] as const;
export type ContestantName = (typeof contestantNames)[number];

/** A server that takes check-ins, in a process of its own. */
export type Contestant = Server & {
  readonly name: ContestantName;
  /** Whether a check-in may be sent again in one round, since nothing becomes of it. */
  readonly keeps: 'everything' | 'nothing';
  /** Processor time that its database has used so far, in milliseconds; none where it has none. */
  readonly databaseMilliseconds: () => number;
  /** Waits until what the last round left behind is done, and says how many milliseconds that was. */
  readonly settle: () => Promise<number>;
  /** How many check-ins are durably there. */
  readonly recorded: () => Promise<number | undefined>;
};
