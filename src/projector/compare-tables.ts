import { sql } from 'kysely';
import { schemaOf } from '../../projections/generations/tables.ts';
import type { Projection } from '../../projections/projection.ts';
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

/**
 * A sum of hashes is the same in whatever order the rows are read. Sums that are all 0 again, since what they counted
 * was undone in a later batch, say no more than a row that never was.
 */
async function contentOf(
  { db, generation }: Standing,
  table: Projection['tables'][number],
): Promise<ReadonlyMap<string, Content>> {
  const { rows } = await sql<Content>`
    select fair, count(*) as rows, sum(hashtextextended(content::text, 0)::numeric)::text as hash
    from ${sql.id(schemaOf(generation), table.name)} content where ${sql.raw(isCounting(table))}
    group by fair order by fair`.execute(db);
  return new Map(rows.map((row) => [row.fair, row]));
}

/** SQL that holds for a row that says anything. */
function isCounting({ measures = [], emptyWhen }: Projection['tables'][number]): string {
  if (emptyWhen !== undefined) return `not (${emptyWhen})`;
  return measures.map((measure) => `${measure} <> 0`).join(' or ') || 'true';
}

const rowsOf = (content: Content | undefined): string => `${content?.rows ?? 0} rows`;
