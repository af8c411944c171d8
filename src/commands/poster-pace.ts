const minuteMs = 60_000;

/** Counts the passes that are taken at each gate's poster; each node counts for itself. */
export class PosterPace {
  readonly #taken = new Map<string, Map<string, number>>();

  /**
   * How many passes were taken at this gate within the last minute, this one included. The same scan counts once.
   * @param now ms since 1970
   */
  countWith({ fair, gate, scan }: { fair: string; gate: string; scan: string }, now: number): number {
    const key = `${fair} ${gate}`;
    const taken = this.#taken.get(key) ?? new Map<string, number>();
    this.#taken.set(key, taken);
    for (const [old, at] of taken) {
      if (now - at < minuteMs) break;
      taken.delete(old);
    }
    if (!taken.has(scan)) taken.set(scan, now);
    return taken.size;
  }
}
