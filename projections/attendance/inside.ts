import type { QueryExecutorProvider } from 'kysely';
import { minutesPerDay } from '../../src/domain/local-time.ts';
import type { FoldStart } from '../projection.ts';
import { Rows } from '../rows.ts';
import { type InsideDay, insideDays, wholeFair } from './tables.ts';

type Place = Pick<InsideDay, 'fair' | 'day' | 'site'>;

/** Keeps how many persons are inside at the end of each minute, by site and for the whole fair. */
export class InsideCurves {
  readonly #rows: Rows<InsideDay, 'fair' | 'day' | 'site'>;
  #moved = new Map<string, Place & { readonly net: Map<number, number> }>();

  constructor(start: FoldStart) {
    this.#rows = new Rows(insideDays, ['fair', 'day', 'site'], { ...start, rowsMax: 5000 });
  }

  load(db: QueryExecutorProvider, places: Iterable<Place>): Promise<void> {
    return this.#rows.load(db, withWholeFair(places));
  }

  /** Persons who came in (or, below 0, went out) within a minute of a local day. */
  move({ fair, day, site }: Place, minute: number, persons: number): void {
    const key = `${fair} ${day} ${site}`;
    const moved = this.#moved.get(key) ?? { fair, day, site, net: new Map<number, number>() };
    moved.net.set(minute, (moved.net.get(minute) ?? 0) + persons);
    this.#moved.set(key, moved);
  }

  /** Draws the curves again that somebody moved in. */
  settle(): void {
    for (const { net: added, ...place } of this.#moved.values()) {
      if ([...added.values()].every((persons) => persons === 0)) continue;
      const before = this.#rowOf(place);
      const net = before.net.map((persons, minute) => persons + (added.get(minute) ?? 0));
      const inside = insideOf(net);
      this.#rows.put({ ...place, net, inside });
      const fair = this.#rowOf({ ...place, site: wholeFair });
      this.#rows.put({
        ...fair,
        net: fair.net.map((persons, minute) => persons + (added.get(minute) ?? 0)),
        inside: fair.inside.map((persons, minute) => persons + (inside[minute] ?? 0) - (before.inside[minute] ?? 0)),
      });
    }
    this.#moved = new Map();
  }

  save(db: QueryExecutorProvider): Promise<void> {
    return this.#rows.save(db);
  }

  #rowOf(place: Place): InsideDay {
    return this.#rows.family(place)[0] ?? { ...place, net: emptyDay, inside: emptyDay };
  }
}

/** A day begins with nobody inside, and whoever goes out when nobody is inside takes nobody away. */
function insideOf(net: readonly number[]): number[] {
  let persons = 0;
  return net.map((change) => {
    persons = Math.max(0, persons + change);
    return persons;
  });
}

const emptyDay: number[] = Array.from({ length: minutesPerDay }, () => 0);

function* withWholeFair(places: Iterable<Place>): Iterable<Place> {
  for (const { fair, day, site } of places) {
    yield { fair, day, site };
    yield { fair, day, site: wholeFair };
  }
}
