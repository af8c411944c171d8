import type { RunOptions } from '../runner/options.ts';

/** Something that had to hold. */
export type Check = {
  readonly about: 'threshold' | 'truth' | 'live' | 'node';
  /** As a sentence that is true where `passed`. */
  readonly rule: string;
  readonly measured: string;
  readonly passed: boolean;
};

export type Latency = {
  readonly kind: string;
  readonly count: number;
  /** ms. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
};

/** One second of the run, from its first request on. */
export type Second = {
  readonly second: number;
  readonly requests: number;
  /** Sent again, and unanswered or busy, in this second. */
  readonly retries: number;
  /** Of the kind that the scenario is about, over the last five seconds, in ms; null where nothing was answered. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** Frames that a live page was sent, on average. */
  readonly frames: number;
};

export type Report = {
  readonly options: RunOptions;
  readonly about: string;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly machine: {
    readonly cpus: number;
    readonly model: string;
    /** Average load of the minute before; above 0 the machine was not ours alone. */
    readonly loadBefore: number;
    readonly node: string;
    readonly k6: string;
  };
  readonly passed: boolean;
  readonly checks: readonly Check[];
  /** Sentences; none where everything agrees. */
  readonly differences: readonly string[];
  readonly figures: readonly { readonly key: string; readonly expected: number; readonly said: number | null }[];
  readonly counts: {
    readonly facts: number;
    readonly requests: number;
    /** Writes that were sent again though they were answered. */
    readonly repeats: number;
    readonly retries: number;
  };
  /** Until the figures had everything, after the last answer, in ms. */
  readonly caughtUpMs: number;
  /** How long the warm-up was, in seconds. */
  readonly warmUpSeconds: number;
  readonly latencies: readonly Latency[];
  /** What the curves of the latencies are about, and the limit that was set for it, in ms. */
  readonly focus: { readonly kind: string; readonly limitMs: number | null };
  readonly seconds: readonly Second[];
  /** The second in which a node was killed. */
  readonly killedAt: number | null;
  readonly live: {
    readonly boards: number;
    readonly readers: number;
    readonly frames: number;
    readonly broken: number;
  };
};
