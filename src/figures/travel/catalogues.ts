import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import type { Upload } from '../../../projections/books/tables.ts';
import { latestWhole } from '../../../projections/books/uploads.ts';
import type { Reach } from './reach.ts';

/** A catalogue that counts, with what its chunks hold. */
export type CountedCatalogue = Pick<Upload, 'exhibitor' | 'upload'> & {
  /** Numbers of its chunks, from 1. */
  readonly chunks: number;
  readonly lines: number;
  readonly copies: number;
};

/** Tables of the generation that is shown, by their whole names. */
export type Shown = (table: string) => RawBuilder<unknown>;

/** Of the uploads that were whole by then, by exhibitor. */
export type WholeUploads = ReadonlyMap<string, readonly Upload[]>;

type Part = Pick<Upload, 'exhibitor' | 'upload'> & {
  readonly chunk: number;
  readonly position: number;
  readonly lines: number;
  readonly copies: number;
};

/**
 * The uploads as a look back sees them. The tables keep every upload with all its chunks; which of them counted when
 * follows from where in the log its parts stand.
 */
export async function uploadsThen(db: QueryExecutorProvider, shown: Shown, { fair, reach }: Asked) {
  const { rows: uploads } = await sql<Upload>`
    select * from ${shown('catalogue_uploads')} where fair = ${fair}`.execute(db);
  const { rows: all } = await sql<Part>`
    select exhibitor, upload, chunk, position, lines, copies from ${shown('catalogue_chunks')}
    where fair = ${fair}`.execute(db);
  const parts = Map.groupBy(
    all.filter(({ position }) => position <= reach.counted),
    ({ exhibitor, upload }) => `${exhibitor} ${upload}`,
  );
  const partsOf = ({ exhibitor, upload }: Upload) => parts.get(`${exhibitor} ${upload}`) ?? [];
  const then = uploads
    .filter(
      ({ position, occurred_at }) => (position ?? Infinity) <= reach.counted && (occurred_at ?? 0) <= reach.trueAt,
    )
    .map((upload) => ({ ...upload, here: partsOf(upload).map(({ chunk }) => chunk) }));
  return { uploads: Map.groupBy(then, ({ exhibitor }) => exhibitor), partsOf };
}

type Asked = { readonly fair: string; readonly reach: Reach };

/** @param takesPart exhibitors whose catalogues count */
export function countedCatalogues(
  { uploads, partsOf }: Awaited<ReturnType<typeof uploadsThen>>,
  takesPart: Iterable<string>,
): CountedCatalogue[] {
  return [...takesPart].flatMap((exhibitor) => {
    const upload = latestWhole(uploads.get(exhibitor) ?? []);
    if (!upload || upload.chunks === null) return [];
    const { chunks } = upload;
    const parts = partsOf(upload).filter(({ chunk }) => chunk <= chunks);
    const lines = parts.reduce((sum, part) => sum + part.lines, 0);
    const copies = parts.reduce((sum, part) => sum + part.copies, 0);
    return [{ exhibitor, upload: upload.upload, chunks, lines, copies }];
  });
}

/** Distinct titles of these catalogues: those that are shown where the same ones count now. */
export async function titlesIn(
  db: QueryExecutorProvider,
  shown: Shown,
  { fair, counted }: { readonly fair: string; readonly counted: readonly CountedCatalogue[] },
): Promise<number> {
  const { rows: now } = await sql<{ readonly catalogue: string }>`
    select catalogue from ${shown('exhibitor_books')} where fair = ${fair} and catalogue is not null`.execute(db);
  const then = new Set(counted.map(({ upload }) => upload));
  const isSame = now.length === then.size && now.every(({ catalogue }) => then.has(catalogue));
  const { rows } = await (
    isSame
      ? sql<{ titles: number }>`select titles from ${shown('catalogue_sums')} where fair = ${fair}`
      : sql<{ titles: number }>`
        select count(distinct (title ->> 0) collate "C") as titles
        from json_to_recordset(${JSON.stringify(counted)}) as counted(exhibitor uuid, upload uuid, chunks int)
        join ${shown('catalogue_chunks')} part using (exhibitor, upload)
        cross join lateral jsonb_array_elements(part.titles) as title
        where part.fair = ${fair} and part.chunk <= counted.chunks`
  ).execute(db);
  return rows[0]?.titles ?? 0;
}
