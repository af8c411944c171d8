import { setTimeout as delay } from 'node:timers/promises';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { types } from '../../../src/database/connect.ts';
import { personsIn, sumTables, takings } from './emmett-sums.ts';
import { FairLog } from './log/fair-log.ts';
import { differences } from './shown-figures.ts';
import { withDatabase } from './temporary-database.ts';
import { writeEmmettLog } from './write-log.ts';

export type EmmettOptions = {
  readonly events: number;
  readonly catalogueLines: number;
  readonly tell: (line: string) => void;
};

/** Its own are 100 events and 50 ms of rest between two batches, which alone would hold it to 2,000 events a second. */
const pulling = { batchSize: 1000, pullingFrequencyInMs: 1 };

/**
 * How fast Emmett's consumer counts the same kind of log into much less: two sums at the gates, two in the books.
 * @returns events a second
 * @throws where its sums are not those that were written
 */
export const measureEmmett = ({ events, catalogueLines, tell }: EmmettOptions): Promise<number> =>
  withDatabase('emmett', async ({ ownerUrl }) => {
    const pool = new pg.Pool({ connectionString: ownerUrl, types });
    // The server may stop before the last idle connection has closed.
    pool.on('error', () => {});
    const store = getPostgreSQLEventStore(ownerUrl);
    try {
      await store.schema.migrate();
      for (const table of sumTables) await pool.query(table);
      const log = new FairLog({ events, catalogueLines });
      tell(`writing ${events} events for Emmett`);
      await writeEmmettLog(ownerUrl, log.items());
      const consumer = store.consumer({ stopWhen: { noMessagesLeft: true }, pulling });
      consumer.projector({ projection: personsIn });
      consumer.projector({ projection: takings });
      const startedAt = performance.now();
      await consumer.start();
      const seconds = (performance.now() - startedAt) / 1000;
      await consumer.close();
      await checkSums(pool, log);
      tell('its sums are those that were written');
      return events / seconds;
    } finally {
      await store.close();
      await othersGone(pool);
      await pool.end();
    }
  });

/**
 * A connection of Emmett's may outlive its `close()`, at most by the ten seconds that an idle one is kept, and would end
 * this process if the server stopped before.
 */
async function othersGone(pool: pg.Pool): Promise<void> {
  const until = performance.now() + 15_000;
  while (performance.now() < until) {
    const { rows } = await pool.query<{ others: number }>(
      `select count(*)::int as others from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    if (rows[0]?.others === 0) return;
    await delay(50);
  }
}

async function checkSums(pool: pg.Pool, { truth }: FairLog): Promise<void> {
  const { rows } = await pool.query<Record<string, number>>(
    `select (select sum(persons)::bigint from persons_in) as persons,
            (select sum(copies)::bigint from takings) as copies, (select sum(revenue)::bigint from takings) as revenue`,
  );
  const expected = [
    ['persons', truth.of('entries') + truth.of('persons-read-again')],
    ['copies', truth.of('copies-recorded')],
    ['revenue', truth.of('revenue-recorded')],
  ] as const;
  const wrong = differences(expected, rows[0] ?? {});
  if (wrong.length > 0) throw new Error(`Emmett's sums are not what was written: ${wrong.join('; ')}`);
}
