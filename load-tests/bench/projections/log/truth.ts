import { minuteOfDay, minutesPerDay, minuteOfTime } from '../../../../src/domain/local-time.ts';
import { closes } from './place.ts';

/** What the log says in the end, added up as it is written. */
export class Truth {
  readonly #sums = new Map<string, number>();
  readonly #net = new Map<number, number[]>();

  add(figure: string, amount: number): void {
    this.#sums.set(figure, (this.#sums.get(figure) ?? 0) + amount);
  }

  of(figure: string): number {
    return this.#sums.get(figure) ?? 0;
  }

  /** Persons who come in, or below 0 go out. @param day index among the days of the fair */
  move(day: number, at: number, persons: number): void {
    this.#shift(day, at, persons);
    this.add(persons > 0 ? 'entries' : 'exits', Math.abs(persons));
  }

  /** They never came in. */
  undoEntry(day: number, at: number, persons: number): void {
    this.#shift(day, at, -persons);
    this.add('entries', -persons);
  }

  /** By the names of the metric dictionary, and of what a figures document calls to attention. */
  figures(): Readonly<Record<string, number>> {
    const of = (figure: string) => this.of(figure);
    const sold = of('copies-recorded') + of('copies-stated');
    const donated = of('donated-recorded') + of('donated-stated');
    return {
      visits: of('visits'),
      entries: of('entries'),
      'unique-visitors': of('unique-visitors'),
      'inside-now': 0,
      'peak-inside': this.#peak(),
      excluded: of('excluded'),
      'organisations-registered': of('approved'),
      'organisations-present': of('present'),
      booths: of('booths'),
      titles: of('titles'),
      'catalogue-lines': of('catalogue-lines'),
      'copies-declared': of('copies-declared'),
      'copies-displayed': of('displayed'),
      'copies-sold': sold,
      'copies-donated': donated,
      'copies-left': of('displayed') + of('added') - sold - donated - of('withdrawn'),
      revenue: of('revenue-recorded') + of('revenue-stated'),
      'revenue-recorded': of('revenue-recorded'),
      'revenue-declared': of('revenue-stated'),
      schools: of('schools'),
      classes: of('classes'),
      pupils: of('pupils'),
      parked: 0,
      conflicts: 0,
      unverified: 0,
      outsideDays: 0,
      afterClosing: 0,
      late: of('late'),
      repeatReads: of('repeat-reads'),
    };
  }

  #shift(day: number, at: number, persons: number): void {
    const net = this.#net.get(day) ?? Array.from({ length: minutesPerDay }, () => 0);
    this.#net.set(day, net);
    const minute = minuteOfDay(at);
    net[minute] = (net[minute] ?? 0) + persons;
  }

  /** The most persons who were inside at the end of a minute before closing. Nobody stays for the night. */
  #peak(): number {
    let peak = 0;
    for (const net of this.#net.values()) {
      let inside = 0;
      for (const change of net.slice(0, minuteOfTime(closes))) {
        inside = Math.max(0, inside + change);
        peak = Math.max(peak, inside);
      }
    }
    return peak;
  }
}
