import type { Actor } from '../../../../events/envelope.ts';
import { streamOf } from '../../../../src/commands/ids.ts';
import { Chance as DemoChance } from '../../../../src/demo/plan/chance.ts';
import { inventTitles } from '../../../../src/demo/plan/books/titles.ts';
import { Chance } from '../../../plan/chance.ts';
import { Booths } from './booths.ts';
import { catalogueMakers, shelvesOf, titlesFor } from './catalogues.ts';
import { Counters, devicesOf } from './counters.ts';
import { comes, type Exhibitor, exhibitorMakers, exhibitorsOf, type Maker } from './exhibitors.ts';
import { Gate, type Moment } from './gate.ts';
import { demoTraffic, shareOf } from './mix.ts';
import { Passes } from './passes.ts';
import { announcedAt, days, gates, momentAmong, momentOfClosing, openedAt, settings, site } from './place.ts';
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
  readonly #acts: readonly (readonly [act: (moment: Moment) => LogItem | undefined, weight: number])[];
  readonly #chance: Chance;
  readonly #fallback: (moment: Moment) => LogItem;
  readonly #state: (exhibitor: Exhibitor, moment: Moment) => LogItem;

  constructor({ events, catalogueLines, seed = 'bench' }: FairLogOptions) {
    const chanceOf = (purpose: string) => new Chance(seed, purpose);
    const ids = chanceOf('ids');
    this.fair = ids.id(announcedAt);
    const organiser: Actor = { role: 'organiser', id: ids.id(announcedAt) };
    const scribe = new Scribe(this.fair);
    const common = { scribe, truth: this.truth, organiser, devices: devicesOf(ids) };
    const exhibitors = exhibitorsOf(chanceOf('exhibitors'));
    const titles = inventTitles(titlesFor(catalogueLines), new DemoChance(seed, 'titles'));
    const present = exhibitors.filter((_, index) => comes(index));
    const shelves = shelvesOf(present, catalogueLines, titles);
    this.#stating = present.filter(({ tells }) => tells === 'each-day');

    const once = [
      ...openingMakers(common),
      ...exhibitorMakers(exhibitors, { ...common, chance: chanceOf('applications') }),
      ...catalogueMakers(shelves, { ...common, chance: chanceOf('catalogues') }),
    ];
    const traffic = events - once.length - this.#stating.length * days.length;
    if (traffic < 1) throw new RangeError(`${events} events are fewer than a fair has before anybody comes`);
    const [issued, groups] = [shareOf('PassIssued', traffic), shareOf('GroupRegistered', traffic)];
    const passes = new Passes(issued, chanceOf('passes'));
    const counters = new Counters({ ...common, chance: chanceOf('counters') });
    const gate = new Gate({ ...common, passes, chance: chanceOf('gate') });
    const [first, ...others] = shelves.filter(({ exhibitor }) => exhibitor.tells === 'each-sale');
    if (!first) throw new Error('nobody sells anything');
    const booths = new Booths({ ...common, chance: chanceOf('booths') }, [first, ...others]);

    this.#events = events;
    this.#makers = [
      ...once,
      ...Array.from({ length: groups }, (): Maker => (at) => counters.register(at)),
      ...Array.from(
        { length: issued },
        (_, index): Maker =>
          (at) =>
            passes.issue(index, at, common),
      ),
    ];
    this.before = this.#makers.length;
    this.#chance = chanceOf('traffic');
    this.#fallback = (moment) => gate.checkIn(moment);
    this.#state = (exhibitor, moment) => booths.state(exhibitor, moment);
    const third = demoTraffic.FactVoided / 3;
    this.#acts = [
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
    for (const exhibitor of this.#stating) yield this.#state(exhibitor, { day, at: momentOfClosing(day) });
  }

  /** What nobody can do at a moment, a visitor does who comes. */
  #actAt(moment: Moment): LogItem {
    const [first, ...others] = this.#acts;
    const act = first && this.#chance.weighted([first, ...others]);
    return act?.(moment) ?? this.#fallback(moment);
  }
}

function openingMakers({
  scribe,
  organiser,
  devices,
}: {
  scribe: Scribe;
  organiser: Actor;
  devices: ReturnType<typeof devicesOf>;
}): Maker[] {
  const { fair } = scribe;
  const common = (at: number) => ({ after: 0, actor: organiser, occurredAt: at, recordedAt: at });
  const created: Maker = (at) => {
    const data = { fair, settings, passKey: 'x'.repeat(43) };
    return scribe.write('FairCreated', data, { kind: 'fair', id: fair, stream: `fair-${fair}`, ...common(at) });
  };
  const registered = gates.flatMap((gate) =>
    devices[gate].flatMap((device, index): Maker[] => {
      const stream = streamOf(fair, 'device', device.id);
      const about = { kind: 'device', id: device.id, stream };
      const data = { device: device.id, label: `Cổng ${gate} ${index + 1}`, site, gate };
      return [
        (at) => scribe.write('DeviceRegistered', data, { ...about, ...common(at) }),
        (at) => {
          const enrolled = { ...about, ...common(at), kind: 'enrolment', after: 1, actor: device };
          return scribe.write('DeviceEnrolled', { device: device.id }, enrolled);
        },
      ];
    }),
  );
  return [created, ...registered];
}
