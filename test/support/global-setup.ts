import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { Secret } from '../../src/config.ts';
import { buildAssets } from '../../src/web/build.ts';
import { inDatabase, TEMPLATE_PREFIX, TEST_PREFIX } from './names.ts';

/**
 * One PostgreSQL for the whole run, and one migrated template that every test file copies. Runs at the same time
 * share the server; what a killed run left behind is cleared by the next.
 */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  await buildAssets();
  const external = process.env['TEST_DATABASE_URL'];
  const server = await openDatabase(
    {
      dataDir: resolve(import.meta.dirname, '../../.data-test'),
      databaseUrl: external === undefined ? undefined : new Secret(external),
      databaseOwnerUrl: undefined,
    },
    { as: 'tool' },
  );
  const template = `${TEMPLATE_PREFIX}${schemaDigest()}`;
  await withAdmin(server.ownerUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [SETUP_LOCK]);
    await dropLeftovers(admin, template);
    const { rows } = await admin.query('select 1 from pg_database where datname = $1 and datistemplate', [template]);
    if (rows.length > 0) return;
    await admin.query(`drop database if exists ${template}`);
    await admin.query(`create database ${template} template template0`);
    await migrate(inDatabase(server.ownerUrl, template), server.appUrl);
    await admin.query(`alter database ${template} with is_template true allow_connections false`);
  });
  const appUrl = external === undefined ? server.appUrl : await appLogin(external);
  project.provide('databaseServer', { ownerUrl: server.ownerUrl, appUrl, template });
  return server.stop;
};

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: { readonly ownerUrl: string; readonly appUrl: string; readonly template: string };
  }
}

const SETUP_LOCK = 3;

/** The application's role as a login, as on the embedded server; runs at the same time give it the same password. */
const appLogin = async (external: string): Promise<string> => {
  const url = new URL(external);
  [url.username, url.password] = ['hoi_sach_app', createHash('sha256').update(external).digest('hex')];
  await withAdmin(external, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [SETUP_LOCK]);
    await admin.query(`alter role hoi_sach_app login password '${url.password}'`);
  });
  return url.href;
};

const schemaDigest = (): string => {
  const folder = resolve(import.meta.dirname, '../../src/database');
  const files = [
    ...readdirSync(resolve(folder, 'migrations'))
      .sort()
      .map((name) => `migrations/${name}`),
    'migrations.ts',
  ];
  const digest = createHash('sha256');
  for (const file of files) digest.update(readFileSync(resolve(folder, file)));
  return digest.digest('hex').slice(0, 16);
};

const withAdmin = async (ownerUrl: string, work: (admin: pg.Client) => Promise<void>): Promise<void> => {
  const admin = new pg.Client({ connectionString: ownerUrl });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
};

/** Databases of runs that are over, and templates of other states of the schema that nobody copies from now. */
const dropLeftovers = async (admin: pg.Client, template: string): Promise<void> => {
  const { rows } = await admin.query<{ datname: string; datistemplate: boolean }>(
    `select datname, datistemplate from pg_database where datname like $1 or (datname like $2 and datname <> $3)`,
    [`${TEST_PREFIX}%`, `${TEMPLATE_PREFIX}%`, template],
  );
  for (const { datname, datistemplate } of rows) {
    const runner = Number(datname.split('_').at(-2));
    if (!datistemplate && isAlive(runner)) continue;
    if (datistemplate) await admin.query(`alter database ${datname} with is_template false`);
    await admin.query(`drop database if exists ${datname} with (force)`);
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
