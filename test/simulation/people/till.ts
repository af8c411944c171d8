import type { FactItem } from '../../../src/contract/deliveries.ts';
import type { Deed } from '../truth/deed.ts';
import { dayOf } from '../../recount/facts.ts';
import type { Phone } from './phone.ts';
import type { Together } from './scanner.ts';
import { undoOf } from './undoing.ts';

const titles = [
  { gtin: '8935244812343', code: null, name: 'Dế Mèn phiêu lưu ký', price: 50_000 },
  { gtin: null, code: 'KD-7', name: 'Đất rừng phương Nam', price: 90_000 },
  { gtin: null, code: null, name: 'Sách cũ', price: 10_000 },
] as const;

const stockKinds = ['displayed', 'added', 'withdrawn', 'donated', 'counted-out'] as const;

type Line = { gtin: string | null; code: string | null; name: string; copies: number; paid: number };
type Sold = { readonly deed: Deed; readonly lines: readonly Line[] };

/** Somebody at a booth with a phone: sales, what comes back, stock, and the day's totals. */
export class Till {
  readonly phone: Phone;
  readonly #with: Together;
  readonly #sold: Sold[] = [];
  readonly #own: Deed[] = [];

  constructor(phone: Phone, together: Together) {
    this.phone = phone;
    this.#with = together;
  }

  sell(): void {
    const { chance } = this.#with;
    const lines = titles
      .filter(() => chance.happens(0.6))
      .map(({ price, ...title }) => {
        const copies = chance.between(1, 5);
        return { ...title, copies, paid: copies * price };
      });
    if (lines.length === 0) return;
    const payment = chance.pick(['cash', 'transfer', 'card', 'wallet']);
    const deed = this.#note('sale', { lines, payment, occurredAt: this.phone.now() });
    this.#sold.push({ deed, lines });
  }

  /** Takes back some of what was sold, now and then more than that by mistake. */
  takeBack(): void {
    const { chance } = this.#with;
    const sold = chance.happens(0.6) ? this.#sold.at(-1) : chance.pickAny(this.#sold);
    const line = sold && chance.pickAny(sold.lines);
    if (!sold || !line) return;
    const copies = chance.between(1, line.copies + 1);
    const paid = Math.floor((line.paid / line.copies) * copies);
    const body = { lines: [{ ...line, copies, paid }], occurredAt: this.phone.now() };
    this.#note('return', body, { sale: sold.deed.id });
  }

  stock(): void {
    const { chance } = this.#with;
    const body = { kind: chance.pick(stockKinds), copies: chance.between(0, 200), occurredAt: this.phone.now() };
    this.#note('stock-entry', body);
  }

  /** States the net totals of a day, mostly of today and in the evening. */
  state(): void {
    const { chance, plan } = this.#with;
    const today = dayOf(this.phone.now());
    const date = chance.happens(0.8) ? today : (chance.pickAny(plan.settings.days) ?? today);
    const copiesSold = chance.between(-2, 60);
    const body = {
      copiesSold,
      revenue: copiesSold * 40_000,
      copiesDonated: chance.between(-1, 10),
      occurredAt: this.phone.now(),
    };
    this.#note('statement', body, { date });
  }

  undo(): void {
    const { chance } = this.#with;
    const undoable = this.#own.filter(({ kind }) => kind !== 'void' && kind !== 'statement');
    const target = chance.happens(0.6) ? undoable.at(-1) : chance.pickAny(undoable);
    if (target) this.#note('void', { ...undoOf(target, chance).body, occurredAt: this.phone.now() });
  }

  restart(): void {
    this.phone.restart();
  }

  #note(kind: FactItem['kind'], body: Record<string, unknown>, about: { sale?: string; date?: string } = {}): Deed {
    const { actor } = this.phone.of;
    const id = this.#with.naming(kind, this.phone.now());
    const item = kind === 'void' ? { kind, id, body } : { kind, id, exhibitor: actor.id, ...about, body };
    const path = pathOf(item, actor.id);
    const deed = this.#with.deeds.note({ kind, id, path, body, item, isWrong: false, by: actor });
    this.#own.push(deed);
    this.phone.keep(deed);
    return deed;
  }
}

function pathOf({ kind, id, sale, date }: FactItem, exhibitor: string): string {
  const books = `exhibitors/${exhibitor}`;
  if (kind === 'void') return `voids/${id}`;
  if (kind === 'return') return `${books}/sales/${sale}/returns/${id}`;
  if (kind === 'statement') return `${books}/daily-figures/${date}/statements/${id}`;
  return kind === 'sale' ? `${books}/sales/${id}` : `${books}/stock/${id}`;
}
