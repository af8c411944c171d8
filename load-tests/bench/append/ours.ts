import { newEvent } from '../../../events/catalogue.ts';
import { digestOf } from '../../../src/commands/digest.ts';
import { deriveId, streamOf } from '../../../src/commands/ids.ts';
import { migrate } from '../../../src/database/migrate.ts';
import { postgresEventStore } from '../../../src/store/postgres/postgres-event-store.ts';
import { type Contestant, type Database, execute } from './contestant.ts';
import { actor, fair, meta, newId, pastId, visit } from './visits.ts';

/** Our store, with all that a command does once it has decided: ids, digest, and the check against the schema. */
export async function ours(database: Database, events: number): Promise<Contestant> {
  await migrate(database.ownerUrl, database.appUrl);
  await execute(
    database,
    `insert into events
      select i, ${pastId('event', events)}, 'pass-' || ${pastId('pass', events)}, 1, 'VisitorCheckedIn', 1,
             '${JSON.stringify(visit())}', '${JSON.stringify(meta())}', now(), now()
        from generate_series(1, ${events}) i`,
    'vacuum analyze events',
  );
  const store = postgresEventStore(database.appUrl);
  return {
    name: 'ours',
    append: async () => {
      const data = visit();
      const { scan, pass, gate, site } = data;
      const occurredAt = Date.now();
      const digest = digestOf(actor, 'scan', { scan, pass, gate, site, direction: 'in', persons: 1, occurredAt });
      const event = newEvent('VisitorCheckedIn', data, {
        id: deriveId(fair, 'scan', scan),
        occurredAt,
        meta: { fair, actor, digest, correlation: newId() },
      });
      const [result] = await store.append([{ stream: streamOf(fair, 'pass', pass), expectedVersion: 0, event }]);
      if (result?.outcome !== 'appended') throw new Error(`not appended: ${JSON.stringify(result)}`);
    },
    close: () => store.close(),
  };
}
