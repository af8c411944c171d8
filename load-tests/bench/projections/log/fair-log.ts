import type { Actor } from '../../../../events/envelope.ts';
import { Chance as DemoChance } from '../../../../src/demo/plan/chance.ts';
import { inventTitles } from '../../../../src/demo/plan/books/titles.ts';
import { Chance, type NonEmpty } from '../../../plan/chance.ts';
import { Booths } from './booths.ts';
import { catalogueMakers, shelvesOf, titlesFor } from './catalogues.ts';
import { Counters, devicesOf } from './counters.ts';
import { Applications, comes, type Exhibitor, exhibitorsOf, type Maker } from './exhibitors.ts';
import { Gate, type Moment } from './gate.ts';
import { demoTraffic, shareOf } from './mix.ts';
import { Passes } from './passes.ts';
import { openingMakers } from './opening.ts';
import { announcedAt, days, momentAmong, momentOfClosing, openedAt } from './place.ts';
import { type LogItem, Scribe } from './scribe.ts';
import { Truth } from './truth.ts';

export type FairLogOptions = {
  /** Of the whole log; more than the events that a fair has anyway, some 350 and one for each 200 lines. */
  readonly events: number;
  /** In the catalogues of all exhibitors together. */
  readonly catalogueLines: number;
  readonly seed?: string;
};

/**
 * The log of one provincial fair, in the demo's mix: what is settled before it once, and as many visitors and sales as
 * make it as long as is wanted. The same options give the same log.
 */
export class FairLog {
  readonly fair: string;
  readonly truth = new Truth();
  /** How many events there are before the first visitor comes. */
  readonly before: number;
  readonly #events: number;
  readonly #makers: readonly Maker[];
  readonly #stating: readonly Exhibitor[];
  readonly #chance: Chance;
  readonly #traffic: Traffic;

  constructor({ events, catalogueLines, seed = 'bench' }: FairLogOptions) {
    const chanceOf = (purpose: string) => new Chance(seed, purpose);
    const ids = chanceOf('ids');
    this.fair = ids.id(announcedAt);
    const organiser: Actor = { role: 'organiser', id: ids.id(announcedAt) };
    const scribe = new Scribe(this.fair);
    const world = { scribe, truth: this.truth, organiser, devices: devicesOf(ids) };
    const exhibitors = exhibitorsOf(chanceOf('exhibitors'));
    const present = exhibitors.filter((_, index) => comes(index));
    const titles = inventTitles(titlesFor(catalogueLines), new DemoChance(seed, 'titles'));
    const shelves = shelvesOf(present, catalogueLines, titles);
    const once = [
      ...openingMakers(world),
      ...new Applications(exhibitors, { ...world, chance: chanceOf('applications') }).makers(),
      ...catalogueMakers(shelves, { ...world, chance: chanceOf('catalogues') }),
    ];
    this.#stating = present.filter(({ tells }) => tells === 'each-day');
    const growing = events - once.length - this.#stating.length * days.length;
    if (growing < 1) throw new RangeError(`${events} events are fewer than a fair has before anybody comes`);

    const passes = new Passes(shareOf('PassIssued', growing), chanceOf('passes'));
    const counters = new Counters({ ...world, chance: chanceOf('counters') });
    const gate = new Gate({ ...world, passes, chance: chanceOf('gate') });
    const booths = new Booths({ ...world, chance: chanceOf('booths') }, shelves);
    this.#traffic = { gate, booths, counters, acts: actsOf({ gate, booths, counters }) };
    this.#chance = chanceOf('traffic');
    this.#events = events;
    this.#makers = [
      ...once,
      ...repeated(shareOf('GroupRegistered', growing), () => (at) => counters.register(at)),
      ...repeated(shareOf('PassIssued', growing), (index) => (at) => passes.issue(index, at, world)),
    ];
    this.before = this.#makers.length;
  }

  /** In log order, once. `truth` is whole when the last one is taken. */
  *items(): Generator<LogItem, void> {
    yield* this.#beforehand();
    yield* this.#visited();
  }

  *#beforehand(): Generator<LogItem, void> {
    const step = (openedAt - announcedAt) / (this.before + 1);
    for (const [index, make] of this.#makers.entries()) yield make(Math.floor(announcedAt + index * step));
  }

  *#visited(): Generator<LogItem, void> {
    const traffic = this.#events - this.before - this.#stating.length * days.length;
    let day = 0;
    for (let index = 0; index < traffic; index += 1) {
      const moment = momentAmong(index, traffic);
      for (; day < moment.day; day += 1) yield* this.#stated(day);
      yield this.#actAt(moment);
    }
    for (; day < days.length; day += 1) yield* this.#stated(day);
  }

  *#stated(day: number): Generator<LogItem, void> {
    for (const exhibitor of this.#stating)
      yield this.#traffic.booths.state(exhibitor, { day, at: momentOfClosing(day) });
  }

  /** What nobody can do at a moment, a visitor does who comes. */
  #actAt(moment: Moment): LogItem {
    const act = this.#chance.weighted(this.#traffic.acts);
    return act(moment) ?? this.#traffic.gate.checkIn(moment);
  }
}

type Act = (moment: Moment) => LogItem | undefined;
type Makers = { readonly gate: Gate; readonly booths: Booths; readonly counters: Counters };
type Traffic = Makers & { readonly acts: NonEmpty<readonly [act: Act, weight: number]> };

/** What may happen at any moment, by its share in the demo; what is undone is so at gates, counters and tills alike. */
function actsOf({ gate, booths, counters }: Makers): Traffic['acts'] {
  const third = demoTraffic.FactVoided / 3;
  return [
    [(moment) => gate.checkIn(moment), demoTraffic.VisitorCheckedIn],
    [(moment) => booths.sell(moment), demoTraffic.SaleRecorded],
    [(moment) => counters.walkIn(moment), demoTraffic.WalkInsCounted],
    [(moment) => booths.stock(moment), demoTraffic.StockRecorded],
    [(moment) => counters.arrive(moment), demoTraffic.GroupArrived],
    [(moment) => gate.checkOut(moment), demoTraffic.VisitorCheckedOut],
    [(moment) => gate.refuse(moment), demoTraffic.ScanRefused],
    [(moment) => booths.takeBack(moment), demoTraffic.SaleReturned],
    [(moment) => gate.undo(moment), third],
    [(moment) => booths.undo(moment), third],
    [(moment) => counters.undo(moment), third],
  ];
}

const repeated = (count: number, makerOf: (index: number) => Maker): Maker[] =>
  Array.from({ length: count }, (_, index) => makerOf(index));
