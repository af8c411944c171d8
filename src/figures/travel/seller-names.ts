import { type QueryExecutorProvider, sql } from 'kysely';
import type { FairEvent } from '../../../events/catalogue.ts';
import { bookPages, type Upload } from '../../../projections/books/tables.ts';
import { isWhole } from '../../../projections/books/uploads.ts';
import { barcodeNumber } from '../../../projections/books/queries/barcodes.ts';
import { bookKindOf } from '../../../projections/books/queries/kinds.ts';
import { postedColumns } from '../../../projections/posted-columns.ts';
import { titleOf } from '../../domain/title.ts';
import type { Shown, WholeUploads } from './catalogues.ts';
import type { Reach } from './reach.ts';

type Ground = {
  readonly db: QueryExecutorProvider;
  readonly shown: Shown;
  readonly fair: string;
  readonly reach: Reach;
  readonly uploads: WholeUploads;
  readonly readAt: (positions: readonly number[]) => Promise<readonly FairEvent[]>;
};

/**
 * What titles were called then: as the latest catalogue that was whole says, else as the latest sale does
 * (`projections/books/title-rows.ts`).
 * @param titles a few
 */
export async function namesThen(ground: Ground, titles: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const whole = [...ground.uploads.values()].flat().filter(isWhole);
  const known = await namesNow(ground, titles, whole);
  const others = titles.filter((title) => !known.has(title));
  const listed = others.length === 0 ? noNames : await namesInCatalogues(ground, others, whole);
  const unlisted = others.filter((title) => !listed.has(title));
  const sold = unlisted.length === 0 ? noNames : await namesInSales(ground, unlisted);
  return new Map([...known, ...listed, ...sold]);
}

const noNames: ReadonlyMap<string, string> = new Map();

/** Of all names the one that holds now, where a catalogue that was whole then says it: among fewer names it holds too. */
async function namesNow(
  { db, shown, fair }: Ground,
  titles: readonly string[],
  whole: readonly Upload[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ title: string; name: string; name_order: string }>`
    select title, name, name_order from ${shown('titles')} where fair = ${fair} and title = any(${[...titles]})`.execute(
    db,
  );
  const then = new Set(whole.map(({ upload }) => upload));
  return new Map(
    rows.flatMap(({ title, name, name_order }) => {
      const [source, , upload = ''] = name_order.split(' ');
      return source === '2' && then.has(upload) ? [[title, name] as const] : [];
    }),
  );
}

async function namesInCatalogues(
  { db, shown, fair }: Ground,
  titles: readonly string[],
  whole: readonly Upload[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ title: string; name: string }>`
    select distinct on (title) line.pair ->> 0 as title, line.pair ->> 1 as name
    from json_to_recordset(${JSON.stringify(whole)}) as whole(exhibitor uuid, upload uuid, occurred_at bigint, chunks int)
    join ${shown('catalogue_chunks')} part using (exhibitor, upload)
    cross join lateral jsonb_array_elements(part.titles) with ordinality as line(pair, nth)
    where part.fair = ${fair} and part.chunk <= whole.chunks
      and line.pair ->> 0 = any(${[...titles]}) and line.pair ->> 1 <> ''
    order by title, whole.occurred_at desc, whole.upload desc, part.chunk desc, line.nth desc`.execute(db);
  return new Map(rows.map(({ title, name }) => [title, name]));
}

type Occurred = { readonly fact: number; readonly at: number };

/** Sales read at once. */
const pageSales = 50;

async function namesInSales(ground: Ground, titles: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const [title, facts] of await factsOf(ground, titles)) {
    const latest = facts.sort((a, b) => b.at - a.at);
    for (let [from, to] = [0, pageEnd(latest, 0)]; from < latest.length; [from, to] = [to, pageEnd(latest, to)]) {
      const name = latestName(await ground.readAt(latest.slice(from, to).map(({ fact }) => fact)), title);
      if (name === undefined) continue;
      names.set(title, name);
      break;
    }
  }
  return names;
}

/** Sales of one moment stay together. */
function pageEnd(latest: readonly Occurred[], from: number): number {
  let end = Math.min(from + pageSales, latest.length);
  while (end < latest.length && latest[end]?.at === latest[end - 1]?.at) end += 1;
  return end;
}

/** The sales and returns of some titles, undone ones too: a name is a name. */
async function factsOf(
  { db, shown, fair, reach }: Ground,
  titles: readonly string[],
): Promise<ReadonlyMap<string, Occurred[]>> {
  const found = new Map(titles.map((title) => [title, new Map<number, Occurred>()]));
  const coded = new Map([...found].map(([title, facts]) => [barcodeNumber(title), facts]));
  const pages = postedColumns(db, { name: shown(bookPages.name), postings: bookPages.postings }, fair);
  for await (const { count, cause, fact, at, signedKind, kinds, amounts } of pages) {
    const [, , barcode = signedKind] = amounts;
    const named = kinds.map((text) => found.get(bookKindOf(text).title));
    for (let index = 0; index < count; index += 1) {
      const code = barcode[index] ?? 0;
      const facts = code === 0 ? named[Math.abs(signedKind[index] ?? 1) - 1] : coded.get(code);
      const [when, position] = [at[index] ?? 0, fact[index] ?? 0];
      if (facts && (cause[index] ?? 0) <= reach.counted && when <= reach.trueAt)
        facts.set(position, { fact: position, at: when });
    }
  }
  return new Map([...found].map(([title, facts]) => [title, [...facts.values()]]));
}

function latestName(events: readonly FairEvent[], title: string): string | undefined {
  const named = events.flatMap((event) => {
    if (event.type !== 'SaleRecorded' && event.type !== 'SaleReturned') return [];
    const { exhibitor, lines } = event.data;
    const line = lines.find((one) => one.name !== '' && titleOf(exhibitor, one) === title);
    const id = event.type === 'SaleRecorded' ? event.data.sale : event.data.return;
    return line ? [{ order: `${String(event.occurredAt).padStart(16, '0')} ${id}`, name: line.name }] : [];
  });
  return named.sort((a, b) => (a.order < b.order ? 1 : -1))[0]?.name;
}
