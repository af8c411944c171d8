const minuteMs = 60_000;

/** Counts the passes that are first used at each gate's poster; each node counts for itself. */
export class PosterPace {
  readonly #taken = new Map<string, Map<string, number>>();

  /**
   * How many passes were new at this gate within the last minute, this one included. The same pass counts once.
   * @param now ms since 1970
   */
  countWith({ fair, gate, pass }: { fair: string; gate: string; pass: string }, now: number): number {
    const key = `${fair} ${gate}`;
    const taken = this.#taken.get(key) ?? new Map<string, number>();
    this.#taken.set(key, taken);
    for (const [old, at] of taken) {
      if (now - at < minuteMs) break;
      taken.delete(old);
    }
    if (!taken.has(pass)) taken.set(pass, now);
    return taken.size;
  }
}
