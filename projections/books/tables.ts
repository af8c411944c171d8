import type { Role } from '../../events/envelope.ts';
import { type Page, pagesTable } from '../page-table.ts';
import type { Table } from '../table.ts';

/** One title in a fact. */
export type TitleLine = {
  readonly title: string;
  readonly name: string;
  readonly copies: number;
  readonly revenue: number;
};

/** A sale, a return or a stock entry, and what it counts unless it was voided. */
export type BookFact = {
  fair: string;
  kind: 'sale' | 'return' | 'stock-entry';
  /** The id that the client gave it. */
  id: string;
  exhibitor: string;
  position: number;
  day: string;
  occurred_at: number;
  author_role: Role;
  author_id: string;
  /** What is counted: copies and đồng of a return are below 0. */
  figure: 'sold' | 'displayed' | 'added' | 'withdrawn' | 'donated' | 'counted_out';
  copies: number;
  revenue: number;
  titles: readonly TitleLine[];
  /** Of a return, the sale that it is of. */
  sale: string | null;
  /** Undone itself, or the return of a sale that was. */
  is_voided: boolean;
};

/** An undo, which may be here before its target. */
export type BookVoid = {
  fair: string;
  kind: BookFact['kind'];
  target: string;
  id: string;
  /** Of what sale alone it undoes a return; null where the event does not tell. */
  sale: string | null;
  author_role: Role;
  author_id: string;
  occurred_at: number;
};

/** An exhibitor's books: whether its catalogue counts, and sums of its stock entries. */
export type ExhibitorBooks = {
  fair: string;
  exhibitor: string;
  /** Approved, and since then not declined, withdrawn, absent or cancelled. */
  takes_part: boolean;
  displayed: number;
  added: number;
  withdrawn: number;
  counted_out: number;
  /** The upload whose lines are in the figures; null where none is whole, or the exhibitor does not take part. */
  catalogue: string | null;
  lines: number;
  copies: number;
};

/** A catalogue upload; it is whole when its closing fact and all its chunks are in. */
export type Upload = {
  fair: string;
  exhibitor: string;
  upload: string;
  /** Of the closing fact; null before it is in. */
  occurred_at: number | null;
  chunks: number | null;
  position: number | null;
  /** Numbers of the chunks that are in. */
  here: readonly number[];
};

/** One chunk of an upload, without the lines that its exhibitor excluded. */
export type Chunk = {
  fair: string;
  exhibitor: string;
  upload: string;
  chunk: number;
  position: number;
  lines: number;
  copies: number;
  /** Its titles, [title, name]. */
  titles: readonly (readonly [title: string, name: string])[];
};

/** A title across all exhibitors: how many catalogue lines name it, and how many copies were sold sale by sale. */
export type Title = {
  fair: string;
  /** The GTIN; else the exhibitor and its own code, or the name where there is none. */
  title: string;
  lines: number;
  sold: number;
  name: string;
  /** Says which of several names holds: the greatest. */
  name_order: string;
};

/** What one exhibitor sold and gave away on one local day: recorded sale by sale, and stated by itself. */
export type BookDay = {
  fair: string;
  exhibitor: string;
  day: string;
  copies: number;
  revenue: number;
  donated: number;
  stated_copies: number | null;
  stated_revenue: number | null;
  stated_donated: number | null;
  statement: string | null;
  stated_at: number | null;
  statement_position: number | null;
};

/** Sums of the catalogues that count. `titles` are distinct across all exhibitors. */
export type CatalogueSum = { fair: string; titles: number; lines: number; copies: number };

export type BooksTables = {
  book_pages: Page;
  exhibitor_books: ExhibitorBooks;
  catalogue_uploads: Upload;
  catalogue_chunks: Chunk;
  titles: Title;
  book_days: BookDay;
  catalogue_sums: CatalogueSum;
};

/** What each sale, return and stock entry counts, and since when. Amounts: copies, đồng, barcode (`queries/barcodes.ts`), flags. */
export const bookPages = pagesTable('book_pages', { doubles: 3, integers: 1 });

export const exhibitorBooks: Table<ExhibitorBooks> = {
  name: 'exhibitor_books',
  columns: {
    fair: 'uuid',
    exhibitor: 'uuid',
    takes_part: 'boolean',
    displayed: 'bigint',
    added: 'bigint',
    withdrawn: 'bigint',
    counted_out: 'bigint',
    catalogue: 'uuid null',
    lines: 'bigint',
    copies: 'bigint',
  },
  key: ['fair', 'exhibitor'],
};

export const uploads: Table<Upload> = {
  name: 'catalogue_uploads',
  columns: {
    fair: 'uuid',
    exhibitor: 'uuid',
    upload: 'uuid',
    occurred_at: 'bigint null',
    chunks: 'int null',
    position: 'bigint null',
    here: 'int[]',
  },
  key: ['fair', 'exhibitor', 'upload'],
};

export const chunks: Table<Chunk> = {
  name: 'catalogue_chunks',
  columns: {
    fair: 'uuid',
    exhibitor: 'uuid',
    upload: 'uuid',
    chunk: 'int',
    position: 'bigint',
    lines: 'int',
    copies: 'bigint',
    titles: 'jsonb',
  },
  key: ['fair', 'exhibitor', 'upload', 'chunk'],
};

export const titles: Table<Title> = {
  name: 'titles',
  columns: { fair: 'uuid', title: 'text collate "C"', lines: 'int', sold: 'bigint', name: 'text', name_order: 'text' },
  key: ['fair', 'title'],
  emptyWhen: 'lines = 0 and sold = 0',
  // The ten that sold most, without reading a hundred thousand that sold none.
  indexes: ['(fair, sold desc, title) where sold > 0'],
};

export const bookDays: Table<BookDay> = {
  name: 'book_days',
  columns: {
    fair: 'uuid',
    exhibitor: 'uuid',
    day: 'date',
    copies: 'bigint',
    revenue: 'bigint',
    donated: 'bigint',
    stated_copies: 'bigint null',
    stated_revenue: 'bigint null',
    stated_donated: 'bigint null',
    statement: 'uuid null',
    stated_at: 'bigint null',
    statement_position: 'bigint null',
  },
  key: ['fair', 'exhibitor', 'day'],
  emptyWhen: 'copies = 0 and revenue = 0 and donated = 0 and statement is null',
};

export const catalogueSums: Table<CatalogueSum> = {
  name: 'catalogue_sums',
  columns: { fair: 'uuid', titles: 'bigint', lines: 'bigint', copies: 'bigint' },
  key: ['fair'],
  measures: ['titles', 'lines', 'copies'],
};
