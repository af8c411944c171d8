import { dailyFiguresStream, streamOf } from '../../../../src/commands/ids.ts';
import type { Chance, NonEmpty } from '../../../plan/chance.ts';
import type { Shelf } from './catalogues.ts';
import type { Exhibitor } from './exhibitors.ts';
import type { Moment } from './gate.ts';
import { days } from './place.ts';
import type { LogItem, Scribe } from './scribe.ts';
import type { Truth } from './truth.ts';

type Line = {
  readonly gtin: string | null;
  readonly code: null;
  readonly name: string;
  readonly copies: number;
  readonly paid: number;
};
type Sale = {
  readonly at: number;
  readonly id: string;
  readonly exhibitor: Exhibitor;
  readonly lines: readonly [Line, ...Line[]];
  readonly stream: string;
};

const minuteMs = 60_000;
const payments = ['cash', 'cash', 'transfer', 'card', 'wallet'] as const;
const stockKinds = [
  ['displayed', 20],
  ['added', 40],
  ['withdrawn', 10],
  ['donated', 20],
  ['counted-out', 10],
] as const;

/** The latest sales, of which copies may come back. */
const salesMax = 20_000;

type World = { readonly scribe: Scribe; readonly truth: Truth; readonly chance: Chance };

/** What exhibitors sell, take back, put out and state. */
export class Booths {
  readonly #world: World;
  /** Of those who type each sale. */
  readonly #shelves: NonEmpty<Shelf>;
  #sales: Sale[] = [];

  /** @param shelves of all who are there */
  constructor(world: World, shelves: readonly Shelf[]) {
    const [first, ...others] = shelves.filter(({ exhibitor }) => exhibitor.tells === 'each-sale');
    if (!first) throw new Error('nobody types a sale');
    this.#world = world;
    this.#shelves = [first, ...others];
  }

  sell({ at }: Moment): LogItem {
    const { chance, scribe } = this.#world;
    const shelf = chance.pick(this.#shelves);
    const more = Array.from(
      {
        length: chance.weighted([
          [0, 55],
          [1, 30],
          [2, 15],
        ] as const),
      },
      () => this.#lineOf(shelf),
    );
    const lines = [this.#lineOf(shelf), ...more] as const;
    const id = chance.id(at);
    const { exhibitor } = shelf;
    const sale = { at, id, exhibitor, lines, stream: streamOf(scribe.fair, 'sale', id) };
    this.#remember(sale);
    this.#count(lines, 1);
    const data = { sale: id, exhibitor: exhibitor.id, lines: [...lines], payment: chance.pick(payments) };
    return scribe.write('SaleRecorded', data, this.#about('sale', { sale, id, after: 0, at }));
  }

  /** One copy of a sale's first title comes back, for what was paid for it. */
  takeBack({ at }: Moment): LogItem | undefined {
    const { chance, scribe } = this.#world;
    const index = chance.between(0, this.#sales.length - 1);
    const sale = this.#sales[index];
    if (!sale || at - sale.at < 10 * minuteMs) return undefined;
    this.#sales.splice(index, 1);
    const [line] = sale.lines;
    const back = { ...line, copies: 1, paid: Math.floor(line.paid / line.copies) };
    this.#count([back], -1);
    const id = chance.id(at);
    const data = { sale: sale.id, return: id, exhibitor: sale.exhibitor.id, lines: [back] };
    return scribe.write('SaleReturned', data, this.#about('return', { sale, id, after: 1, at }));
  }

  /** The last sale was typed twice. */
  undo({ at }: Moment): LogItem | undefined {
    const { chance, scribe } = this.#world;
    const sale = this.#sales.at(-1);
    if (!sale || at - sale.at > 14 * minuteMs) return undefined;
    this.#sales.pop();
    this.#count(sale.lines, -1);
    const id = chance.id(at);
    const data = { void: id, kind: 'sale', target: sale.id, reason: 'Nhập hai lần' } as const;
    return scribe.write('FactVoided', data, this.#about('void', { sale, id, after: 1, at }));
  }

  stock({ at }: Moment): LogItem {
    const { chance, scribe, truth } = this.#world;
    const { exhibitor } = chance.pick(this.#shelves);
    const [id, kind, copies] = [chance.id(at), chance.weighted(stockKinds), chance.between(1, 60)];
    truth.add(kind === 'donated' ? 'donated-recorded' : kind, copies);
    const about = { kind: 'stock-entry', id, stream: streamOf(scribe.fair, 'stock-entry', id), after: 0 };
    const data = { entry: id, exhibitor: exhibitor.id, kind, copies };
    return scribe.write('StockRecorded', data, { ...about, actor: exhibitor.actor, occurredAt: at, recordedAt: at });
  }

  /** What an exhibitor who types no sales says of a day. */
  state(exhibitor: Exhibitor, { at, day }: Moment): LogItem {
    const { chance, scribe, truth } = this.#world;
    const [id, copiesSold, copiesDonated] = [chance.id(at), chance.between(10, 200), chance.between(0, 10)];
    const revenue = copiesSold * 1000 * chance.between(30, 90);
    truth.add('copies-stated', copiesSold);
    truth.add('donated-stated', copiesDonated);
    truth.add('revenue-stated', revenue);
    const name = { exhibitor: exhibitor.id, day: days[day] ?? '' };
    const about = { kind: 'statement', id, stream: dailyFiguresStream(scribe.fair, name), after: 0 };
    const data = { statement: id, ...name, copiesSold, revenue, copiesDonated };
    return scribe.write('DailyFiguresStated', data, {
      ...about,
      actor: exhibitor.actor,
      occurredAt: at,
      recordedAt: at,
    });
  }

  /** A few titles sell best. */
  #lineOf({ titles }: Shelf): Line {
    const { chance } = this.#world;
    const title = titles[Math.floor(chance.fraction() ** 2 * titles.length)];
    const copies = chance.weighted([
      [1, 70],
      [2, 20],
      [4, 10],
    ] as const);
    const paid = copies * (title?.listPrice ?? 0);
    return { gtin: title?.gtin ?? null, code: null, name: title?.name ?? 'Sách lẻ', copies, paid };
  }

  #count(lines: readonly Line[], sign: 1 | -1): void {
    for (const { copies, paid } of lines) {
      this.#world.truth.add('copies-recorded', sign * copies);
      this.#world.truth.add('revenue-recorded', sign * paid);
    }
  }

  #remember(sale: Sale): void {
    if (this.#sales.length >= 2 * salesMax) this.#sales = this.#sales.slice(salesMax);
    this.#sales.push(sale);
  }

  #about(kind: string, { sale, id, after, at }: { sale: Sale; id: string; after: number; at: number }) {
    const { stream, exhibitor } = sale;
    return { kind, id, stream, after, actor: exhibitor.actor, occurredAt: at, recordedAt: at };
  }
}
