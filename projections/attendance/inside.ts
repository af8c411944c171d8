import type { QueryExecutorProvider } from 'kysely';
import { minutesPerDay } from '../../src/domain/local-time.ts';
import type { FoldStart } from '../projection.ts';
import { Rows } from '../rows.ts';
import { type InsideDay, insideDays, wholeFair } from './tables.ts';

type Place = Pick<InsideDay, 'fair' | 'day' | 'site'>;

/** Keeps how many persons are inside at the end of each minute, by site and for the whole fair. */
export class InsideCurves {
  readonly #rows: Rows<InsideDay, 'fair' | 'day' | 'site'>;

  constructor(start: FoldStart) {
    this.#rows = new Rows(insideDays, ['fair', 'day', 'site'], { ...start, rowsMax: 5000 });
  }

  load(db: QueryExecutorProvider, places: Iterable<Place>): Promise<void> {
    return this.#rows.load(db, withWholeFair(places));
  }

  /** Draws the curves of a place again in which somebody moved: who came in, less who went out, by minute. */
  move(place: Place, moved: ReadonlyMap<number, { readonly net: number }>): void {
    if ([...moved.values()].every(({ net }) => net === 0)) return;
    const before = this.#rowOf(place);
    const added = (minute: number) => moved.get(minute)?.net ?? 0;
    const net = before.net.map((persons, minute) => persons + added(minute));
    const inside = insideOf(net);
    const { fair: name, day } = place;
    this.#rows.put({ fair: name, day, site: place.site, net, inside });
    const fair = this.#rowOf({ fair: name, day, site: wholeFair });
    this.#rows.put({
      ...fair,
      net: fair.net.map((persons, minute) => persons + added(minute)),
      inside: fair.inside.map((persons, minute) => persons + (inside[minute] ?? 0) - (before.inside[minute] ?? 0)),
    });
  }

  save(db: QueryExecutorProvider): Promise<void> {
    return this.#rows.save(db);
  }

  #rowOf(place: Place): InsideDay {
    return (
      this.#rows.one(place) ?? { fair: place.fair, day: place.day, site: place.site, net: emptyDay, inside: emptyDay }
    );
  }
}

/** A day begins with nobody inside, and whoever goes out when nobody is inside takes nobody away. */
export function insideOf(net: readonly number[]): number[] {
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
