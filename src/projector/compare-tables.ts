import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { schemaOf } from '../../projections/generations/tables.ts';
import { type PostingShape, postingsBackwards } from '../../projections/page-table.ts';
import type { Projection } from '../../projections/projection.ts';
import type { AnyTable } from '../../projections/table.ts';
import type { Difference, Standing } from './comparison.ts';

type Content = { readonly fair: string; readonly rows: number; readonly hash: string };

/**
 * Compares all rows of two generations of one definition at the same position, table by table and fair by fair: the
 * lists behind the figures too, of which no document tells. One pass over each table.
 */
export async function compareTables(
  { before, after }: { readonly before: Standing; readonly after: Standing },
  projections: readonly Projection[],
): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const table of projections.flatMap(({ tables }) => tables)) {
    const { name } = table;
    const old = await contentOf(before, table);
    const fresh = await contentOf(after, table);
    for (const fair of new Set([...old.keys(), ...fresh.keys()])) {
      const [was, is] = [old.get(fair), fresh.get(fair)];
      if (was?.hash === is?.hash && was?.rows === is?.rows) continue;
      const others = was?.rows === is?.rows ? ', with other content' : '';
      differences.push({ fair, figure: `table ${name}`, before: rowsOf(was), after: `${rowsOf(is)}${others}` });
    }
  }
  return differences;
}

const contentOf = (standing: Standing, table: AnyTable): Promise<ReadonlyMap<string, Content>> =>
  table.postings === undefined ? contentOfRows(standing, table) : contentOfPages(standing, table.name, table.postings);

/**
 * A sum of hashes is the same in whatever order the rows are read. Sums that are all 0 again, since what they counted
 * was undone in a later batch, say no more than a row that never was.
 */
async function contentOfRows({ db, generation }: Standing, table: AnyTable): Promise<ReadonlyMap<string, Content>> {
  const { rows } = await sql<Content>`
    select fair, count(*) as rows, sum(hashtextextended(content::text, 0)::numeric)::text as hash
    from ${sql.id(schemaOf(generation), table.name)} content where ${sql.raw(isCounting(table))}
    group by fair order by fair`.execute(db);
  return new Map(rows.map((row) => [row.fair, row]));
}

/** SQL that holds for a row that says anything. */
function isCounting({ measures = [], emptyWhen }: AnyTable): string {
  if (emptyWhen !== undefined) return `not (${emptyWhen})`;
  return measures.map((measure) => `${measure} <> 0`).join(' or ') || 'true';
}

/** What counts now, by whatever steps it came to that: what was taken back adds up to nothing. */
async function contentOfPages(
  { db, generation }: Standing,
  table: string,
  shape: PostingShape,
): Promise<ReadonlyMap<string, Content>> {
  const name = sql.id(schemaOf(generation), table);
  const { rows: fairs } = await sql<{ fair: string }>`select distinct fair from ${name}`.execute(db);
  const contents = new Map<string, Content>();
  for (const { fair } of fairs) {
    let [rows, sum] = [0, 0];
    for await (const postings of postingsBackwards(db, { name, postings: shape }, fair)) {
      for (const { sign, fact, at, kind, amounts } of postings) {
        rows += sign;
        sum = (sum + sign * hashOf([fact, at, kind, ...amounts].join(' '))) % 2 ** 48;
      }
    }
    contents.set(fair, { fair, rows, hash: String((sum + 2 ** 48) % 2 ** 48) });
  }
  return contents;
}

/** 48 bits. */
const hashOf = (text: string): number => Number.parseInt(hash('sha1', text).slice(0, 12), 16);

const rowsOf = (content: Content | undefined): string => `${content?.rows ?? 0} rows`;
