import { type FairDay, fairDays, minutes, momentAt } from '../calendar.ts';
import type { Chance, NonEmpty } from '../chance.ts';
import type { FixedIds } from '../fixed-ids.ts';
import { split } from '../shares.ts';
import type { BooksVoid, StockEntry } from './facts.ts';
import type { Shelf } from './shelves.ts';
import { undoing } from './undoing.ts';

type Moving = {
  readonly stock: StockEntry['stock'];
  readonly day: FairDay;
  readonly time: string;
  readonly copies: number;
};

const differences: NonEmpty<NonNullable<StockEntry['difference']>> = ['miscount', 'damage', 'forgotten-box', 'gift'];

/**
 * What an exhibitor puts out, adds, takes away, gives away and counts at the end.
 * @param sold copies it sells in all, for the count at the end
 */
export function planStock(shelf: Shelf, sold: number, chance: Chance, ids: FixedIds): (StockEntry | BooksVoid)[] {
  const declared = shelf.lines.reduce((sum, { copies }) => sum + copies, 0);
  const displayed = Math.ceil((declared * chance.between(55, 95)) / 100);
  const boxes = split(
    displayed,
    Array.from({ length: shelf.exhibitor.booths }, () => 1),
  );
  const opening = boxes.map((copies): Moving => ({ stock: 'displayed', day: fairDays[0], time: '06:10', copies }));
  const moves = [...opening, ...movesOf(declared, chance)];
  const left = moves.reduce((sum, { stock, copies }) => sum + signs[stock] * copies, 0) - sold;
  const closing: Moving = { stock: 'counted-out', day: fairDays[2], time: '20:20', copies: left };
  const entries = moves.map((move, index) => entryOf(shelf, move, index, { chance, ids }));
  return [
    ...entries,
    ...typedTwice(entries, { chance, ids }),
    counted(entryOf(shelf, closing, 'closing', { chance, ids }), chance),
  ];
}

const signs = { displayed: 1, added: 1, withdrawn: -1, donated: -1, 'counted-out': 0 } as const;

/** What some exhibitors do on the later days. */
function movesOf(declared: number, chance: Chance): Moving[] {
  const possible: NonEmpty<readonly [probability: number, Moving]> = [
    [0.5, { stock: 'added', day: fairDays[1], time: '07:05', copies: Math.ceil(declared * 0.02) }],
    [0.3, { stock: 'withdrawn', day: fairDays[1], time: '20:10', copies: Math.floor(declared * 0.03) }],
    [0.4, { stock: 'donated', day: fairDays[1], time: '15:00', copies: 1 + Math.floor(declared * 0.0006) }],
    [0.4, { stock: 'donated', day: fairDays[2], time: '15:00', copies: 1 + Math.floor(declared * 0.0004) }],
  ];
  return possible.filter(([probability]) => chance.happens(probability)).map(([, move]) => move);
}

type World = { readonly chance: Chance; readonly ids: FixedIds };

function entryOf(
  { exhibitor }: Shelf,
  { stock, day, time, copies }: Moving,
  key: number | string,
  { chance, ids }: World,
): StockEntry {
  const at = momentAt(day, time) + minutes(chance.between(0, 25)) + chance.between(0, 59_999);
  return {
    kind: 'stock-entry',
    id: ids('stock-entry', `${exhibitor.id} ${key}`, at),
    at,
    exhibitor,
    stock,
    copies,
    means: 'counted',
  };
}

/** The count at the end is not always what should be left; then it says why. */
function counted(entry: StockEntry, chance: Chance): StockEntry {
  const missing = chance.happens(0.4) ? chance.between(1, 3) : 0;
  const copies = Math.max(0, entry.copies - missing);
  return missing === 0 ? { ...entry, copies } : { ...entry, copies, difference: chance.pick(differences) };
}

/** Now and then the first box is typed twice and one of the two undone. */
function typedTwice([entry]: readonly StockEntry[], { chance, ids }: World): (StockEntry | BooksVoid)[] {
  if (!entry || !chance.happens(0.15)) return [];
  const at = entry.at + minutes(1);
  const mistake: StockEntry = { ...entry, id: ids('stock-mistake', entry.id, at), at, means: 'mistake' };
  const undone = at + minutes(chance.between(1, 6));
  return [mistake, undoing(mistake, undone, ids)];
}
