import type { Chance } from './chance.ts';
import type { Return, Sale, SaleLine, Stock } from './facts.ts';
import type { Moment } from './scans.ts';

/** Of sales: one copy comes back. */
const broughtBack = 0.08;
const apartSeconds = 3;

/** Sells at booths; now and then somebody brings a copy back. */
export class Selling {
  readonly #booths: number;
  readonly #chance: Chance;
  readonly #sales: Sale[] = [];

  constructor(booths: number, chance: Chance) {
    this.#booths = booths;
    this.#chance = chance;
  }

  next(moment: Moment): Sale | Return {
    const sold = this.#chance.happens(broughtBack) ? this.#sales.shift() : undefined;
    if (sold && sold.at <= moment.at - apartSeconds) return returnOf(sold, moment);
    const sale = this.#sale(moment);
    if (this.#chance.happens(0.5)) this.#sales.push(sale);
    return sale;
  }

  #sale({ at, id }: Moment): Sale {
    const lines = Array.from({ length: this.#chance.between(1, 3) }, () => lineOf(this.#chance));
    const payment = this.#chance.weighted([
      ['cash', 55],
      ['transfer', 35],
      ['card', 4],
      ['wallet', 6],
    ]);
    return { kind: 'sale', id, at, booth: this.#chance.between(0, this.#booths - 1), lines, payment };
  }
}

export function stockOf({ at, id }: Moment, booths: number, chance: Chance): Stock {
  const stock = chance.weighted([
    ['displayed', 60],
    ['added', 15],
    ['withdrawn', 10],
    ['donated', 15],
  ] as const);
  const copies = stock === 'displayed' ? chance.between(200, 900) : chance.between(1, 20);
  return { kind: 'stock-entry', id, at, booth: chance.between(0, booths - 1), stock, copies };
}

function lineOf(chance: Chance): SaleLine {
  const title = chance.between(1, 40);
  const copies = chance.weighted([
    [1, 70],
    [2, 20],
    [4, 10],
  ]);
  return { code: `S-${title}`, name: `Sách số ${title}`, copies, paid: copies * (15_000 + title * 2_500) };
}

const returnOf = ({ id: sale, booth, lines }: Sale, { at, id }: Moment): Return => ({
  kind: 'return',
  id,
  at,
  booth,
  sale,
  lines: lines.slice(0, 1).map((line) => ({ ...line, copies: 1, paid: Math.floor(line.paid / line.copies) })),
});
