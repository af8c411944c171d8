import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { projections } from '../../projections/index.ts';
import { createTable, prepareForQueries } from '../../projections/table.ts';
import { useGeneration } from '../../projections/generations/queries.ts';
import { connect } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { OpenDatabase } from '../../src/database/open.ts';
import { projectorDatabase } from '../../src/projector/database.ts';

type Table = { readonly schema: string; readonly name: string };
export type Dump = {
  readonly folder: string;
  readonly tables: readonly Table[];
  readonly sequences: readonly { readonly name: string; readonly value: number }[];
  /** The number of the dumping transaction in its server. */
  readonly transaction: number;
};

/**
 * Writes every table to a file, all as of one moment, as `pg_dump` does. The embedded PostgreSQL comes without that
 * program, and Debian’s is too old for it.
 * @param folder empty; PostgreSQL’s own user writes into it
 */
export async function dump({ ownerUrl }: Pick<OpenDatabase, 'ownerUrl'>, folder: string): Promise<Dump> {
  await chmod(folder, 0o777);
  return asking(ownerUrl, async (ask) => {
    await ask('begin isolation level repeatable read');
    const tables = await ask<Table>(`select schemaname as schema, tablename as name from pg_tables
      where schemaname = 'public' or schemaname like 'projections\\_%' order by 1, 2`);
    for (const table of tables) await ask(`copy ${quoted(table)} to '${fileOf(folder, table)}'`);
    const sequences = await ask<{ name: string; value: number }>(`
      select format('%I.%I', schemaname, sequencename) as name, last_value::int as value from pg_sequences
       where last_value is not null`);
    const [current] = await ask<{ transaction: number }>('select pg_current_xact_id()::text::int as transaction');
    await ask('commit');
    return { folder, tables, sequences, transaction: current?.transaction ?? 0 };
  });
}

/** Fills an empty database. @returns the number of the restoring transaction in its server */
export async function restore(
  { ownerUrl, appUrl }: OpenDatabase,
  { folder, tables, sequences }: Dump,
): Promise<number> {
  await migrate(ownerUrl, appUrl);
  await createGenerations(appUrl, new Set(tables.map(({ schema }) => schema)));
  return asking(ownerUrl, async (ask) => {
    // As pg_restore does where the order of tables is not that of their references.
    await ask('begin; set local session_replication_role = replica');
    for (const table of tables) {
      if (table.name !== 'events') await ask(`delete from ${quoted(table)}`);
      await ask(`copy ${quoted(table)} from '${fileOf(folder, table)}'`);
    }
    for (const { name, value } of sequences) await ask(`select setval('${name}', ${value})`);
    const [current] = await ask<{ transaction: number }>('select pg_current_xact_id()::text::int as transaction');
    await ask('commit');
    return current?.transaction ?? 0;
  });
}

/** The tables of the projections, which no migration makes. */
async function createGenerations(appUrl: string, schemas: ReadonlySet<string>): Promise<void> {
  const { pool, close } = connect(appUrl);
  const generations = [...schemas].flatMap((schema) => /^projections_(\d+)$/.exec(schema)?.[1] ?? []);
  for (const generation of generations) {
    await pool.query(`create schema projections_${generation}`);
    await projectorDatabase(pool)
      .transaction()
      .execute(async (transaction) => {
        await useGeneration(transaction, Number(generation));
        for (const table of projections.flatMap((projection) => projection.tables)) {
          await createTable(transaction, table);
          await prepareForQueries(transaction, table);
        }
      });
  }
  await close();
}

type Ask = <Row extends pg.QueryResultRow>(statement: string) => Promise<Row[]>;

async function asking<Answer>(url: string, work: (ask: Ask) => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(
      async <Row extends pg.QueryResultRow>(statement: string) => (await client.query<Row>(statement)).rows,
    );
  } finally {
    await client.end();
  }
}

const quoted = ({ schema, name }: Table): string => `"${schema}"."${name}"`;
const fileOf = (folder: string, { schema, name }: Table): string => join(folder, `${schema}.${name}`);
