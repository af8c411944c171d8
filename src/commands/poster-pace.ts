const minuteMs = 60_000;

/** Counts the passes that are first used at each gate's poster. */
export class PosterPace {
  readonly #taken = new Map<string, Map<string, number>>();
  readonly #tell: (key: string, count: number) => void;

  /** @param join where several count together: calls back with what the others counted, and returns the way to tell them */
  constructor(join: (heard: (key: string) => void) => (key: string, count: number) => void = () => () => {}) {
    this.#tell = join((key) => {
      const [place = '', pass = '', at] = key.split(separator);
      this.#add(place, pass, Number(at));
    });
  }

  /**
   * How many passes were new at this gate within the last minute, this one included. The same pass counts once.
   * @param now ms since 1970
   */
  countWith({ fair, gate, pass }: { fair: string; gate: string; pass: string }, now: number): number {
    const place = `${fair} ${gate}`;
    const { isNew, count } = this.#add(place, pass, now);
    if (isNew) this.#tell([place, pass, now].join(separator), 1);
    return count;
  }

  #add(place: string, pass: string, now: number): { isNew: boolean; count: number } {
    const taken = this.#taken.get(place) ?? new Map<string, number>();
    this.#taken.set(place, taken);
    for (const [old, at] of taken) {
      if (now - at < minuteMs) break;
      taken.delete(old);
    }
    const isNew = !taken.has(pass);
    if (isNew) taken.set(pass, now);
    return { isNew, count: taken.size };
  }
}

/** Stands in no code of a gate and in no id. */
const separator = '\n';
