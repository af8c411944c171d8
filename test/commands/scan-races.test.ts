import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamOf } from '../../src/commands/ids.ts';
import { recordScan } from '../../src/commands/record-scan.ts';
import { postgresEventStore } from '../../src/store/postgres/postgres-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { fairId, idOf } from '../support/facts.ts';
import { recorded } from '../support/fair-log.ts';
import { gateDevice, gateLog } from '../support/gate-log.ts';

const rounds = 40;

describe('two nodes of one PostgreSQL', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('that admit one pass at once, three times delivered, keep two facts and one first admission', async () => {
    const stores = [postgresEventStore(database.appUrl), postgresEventStore(database.appUrl)] as const;
    try {
      const log = await gateLog({ store: stores[0] });
      const nodes = [log, log.otherNode(stores[1])];
      const raced = await Promise.all(
        Array.from({ length: rounds }, async (_, round) => {
          const pass = idOf(0x9000 + round);
          const token = await log.token(pass);
          const scanAt = (node: typeof log, gate: number) =>
            recordScan(node, node.as(gateDevice), {
              scan: idOf(0x100_000 + 10 * round + gate),
              token,
              gate: 'G2',
              direction: 'in',
              occurredAt: log.clock.now,
            });
          const deliveries = [0, 1, 2].flatMap((time) => nodes.map((node, at) => scanAt(node, (at + time) % 2)));
          const answers = (await Promise.all(deliveries)).map(recorded);
          const [events = []] = await log.store.load([{ stream: streamOf(fairId, 'pass', pass), afterVersion: 0 }]);
          const byScan = Map.groupBy(answers, ({ scan }) => scan);
          return {
            facts: events.map(({ type }) => type),
            outcomes: [...byScan.values()]
              .map((same) => [...new Set(same.map(({ outcome }) => outcome))].join('/'))
              .toSorted(),
          };
        }),
      );
      expect(raced).toEqual(
        Array.from({ length: rounds }, () => ({
          facts: ['VisitorCheckedIn', 'VisitorCheckedIn'],
          outcomes: ['admitted', 'admitted-again'],
        })),
      );
    } finally {
      for (const store of stores) await store.close();
    }
  });
});
