/** How far something has come, and how fast it was lately. */
export type Progress = {
  readonly position: number;
  readonly head: number;
  readonly eventsPerSecond: number;
  /** Until the head at this rate; undefined while nothing moves. */
  readonly remainingSeconds: number | undefined;
};

/** What was longer ago says nothing about now. */
const windowMs = 10_000;

type Sample = { readonly position: number; readonly atMs: number };

/** The rate of a replay over its last seconds, by any clock that never goes back. */
export class Pace {
  #samples: readonly Sample[];

  constructor(start: Sample) {
    this.#samples = [start];
  }

  /** @param head where it is going, as it is now */
  at(now: Sample, head: number): Progress {
    const recent = this.#samples.filter(({ atMs }) => atMs >= now.atMs - windowMs);
    const from = recent[0] ?? this.#samples.at(-1) ?? now;
    this.#samples = [...(recent.length === 0 ? [from] : recent), now];
    const seconds = (now.atMs - from.atMs) / 1000;
    const perSecond = seconds > 0 ? Math.max(0, now.position - from.position) / seconds : 0;
    const left = Math.max(0, head - now.position);
    return {
      position: now.position,
      head,
      eventsPerSecond: Math.round(perSecond),
      remainingSeconds: left === 0 ? 0 : perSecond > 0 ? left / perSecond : undefined,
    };
  }
}
