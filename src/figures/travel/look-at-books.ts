import type { FairEvent } from '../../../events/catalogue.ts';
import { takesPartAfter } from '../../../projections/books/exhibitor-rows.ts';
import { books } from '../../../projections/books/project.ts';
import {
  type BookDay,
  bookDays,
  bookPages,
  catalogueSums,
  type ExhibitorBooks,
  exhibitorBooks,
  titles,
} from '../../../projections/books/tables.ts';
import { postedColumns } from '../../../projections/posted-columns.ts';
import { type Table, upsert } from '../../../projections/table.ts';
import { bestSellersMax } from '../collect.ts';
import { bestSold } from './best-sellers.ts';
import { BookSums } from './book-sums.ts';
import { type CountedCatalogue, countedCatalogues, titlesIn, uploadsThen } from './catalogues.ts';
import { foldAgain } from './fold-again.ts';
import { countedThen, type Ground } from './ground.ts';
import { namesThen } from './seller-names.ts';

/** Fills the tables of what became of the books. */
export async function lookAtBooks(ground: Ground): Promise<void> {
  const { db, shown, fair, reach, log } = ground;
  const decided = countedThen(ground, books.name, ground.decided);
  await foldAgain(
    db,
    books,
    decided.filter(({ type }) => type === 'DailyFiguresStated'),
  );
  const sums = new BookSums(reach);
  const pages = postedColumns(db, { name: shown(bookPages.name), postings: bookPages.postings }, fair);
  for await (const page of pages) sums.add(page);
  await upsert(db, recordedDays, recordedRows(fair, sums));
  const then = await uploadsThen(db, shown, { fair, reach });
  const takesPart = takingPart(decided);
  const counted = countedCatalogues(then, takesPart);
  await upsert(db, exhibitorBooks, exhibitorRows(fair, { sums, takesPart, counted }));
  await upsert(db, catalogueSums, [await catalogueSum(ground, counted)]);
  const sellers = bestSold(sums.sold, bestSellersMax);
  const readAt = (positions: readonly number[]) => log.at(positions);
  const names = await namesThen(
    { ...ground, uploads: then.uploads, readAt },
    sellers.map(({ title }) => title),
  );
  await upsert(
    db,
    titles,
    sellers.map(({ title, sold }) => ({ fair, title, lines: 0, sold, name: names.get(title) ?? '', name_order: '' })),
  );
}

type Recorded = Pick<BookDay, 'fair' | 'exhibitor' | 'day' | 'copies' | 'revenue' | 'donated'>;

/** Added to what was stated of the same days. */
const recordedDays: Table<Recorded> = {
  name: bookDays.name,
  columns: {
    fair: 'uuid',
    exhibitor: 'uuid',
    day: 'date',
    copies: 'bigint',
    revenue: 'bigint',
    donated: 'bigint',
  },
  key: ['fair', 'exhibitor', 'day'],
  measures: ['copies', 'revenue', 'donated'],
};

const recordedRows = (fair: string, { days }: BookSums): Recorded[] =>
  [...days].flatMap(([exhibitor, ofDays]) => [...ofDays].map(([day, sums]) => ({ fair, exhibitor, day, ...sums })));

/** Exhibitors whose catalogues count. @param events in log order */
function takingPart(events: readonly FairEvent[]): ReadonlySet<string> {
  const taking = new Set<string>();
  for (const event of events) {
    const after = takesPartAfter(event);
    if (after?.takes_part) taking.add(after.exhibitor);
    else if (after) taking.delete(after.exhibitor);
  }
  return taking;
}

function exhibitorRows(
  fair: string,
  {
    sums,
    takesPart,
    counted,
  }: {
    readonly sums: BookSums;
    readonly takesPart: ReadonlySet<string>;
    readonly counted: readonly CountedCatalogue[];
  },
): ExhibitorBooks[] {
  const catalogues = new Map(counted.map((catalogue) => [catalogue.exhibitor, catalogue]));
  const none = { displayed: 0, added: 0, withdrawn: 0, counted_out: 0 };
  return [...new Set([...takesPart, ...sums.stock.keys()])].map((exhibitor) => {
    const catalogue = catalogues.get(exhibitor);
    return {
      fair,
      exhibitor,
      takes_part: takesPart.has(exhibitor),
      ...(sums.stock.get(exhibitor) ?? none),
      catalogue: catalogue?.upload ?? null,
      lines: catalogue?.lines ?? 0,
      copies: catalogue?.copies ?? 0,
    };
  });
}

async function catalogueSum({ db, shown, fair }: Ground, counted: readonly CountedCatalogue[]) {
  const sum = (amount: (catalogue: CountedCatalogue) => number) =>
    counted.reduce((total, catalogue) => total + amount(catalogue), 0);
  return {
    fair,
    titles: await titlesIn(db, shown, { fair, counted }),
    lines: sum(({ lines }) => lines),
    copies: sum(({ copies }) => copies),
  };
}
