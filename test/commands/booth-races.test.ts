import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoothPlan } from '../../events/booth.ts';
import { assignBooth } from '../../src/commands/assign-booth.ts';
import { FairCache } from '../../src/commands/fair-cache.ts';
import { boothStream } from '../../src/commands/ids.ts';
import { planBooth } from '../../src/commands/plan-booth.ts';
import { postgresEventStore } from '../../src/store/postgres/postgres-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { approvedExhibitor } from '../support/exhibitors.ts';
import { fairId, idOf } from '../support/facts.ts';
import { type FairLog, fairLog, recorded } from '../support/fair-log.ts';

const plan: BoothPlan = { site: 'A', type: 'standard', column: 1, row: 1, width: 1, height: 1 };
const exhibitors = [idOf(0xe1), idOf(0xe2)];
const rounds = 50;

/** Organisers who want the same booth at once, on several nodes: what each was told, and what the booth's stream says. */
async function race(nodes: readonly FairLog[]) {
  const [log] = nodes;
  if (!log) throw new Error('nobody races');
  for (const exhibitor of exhibitors) await approvedExhibitor(log, exhibitor);
  return Promise.all(
    Array.from({ length: rounds }, async (_, round) => {
      const booth = `R${round}`;
      recorded(await planBooth(log, log.as(), { booth, plan }));
      const handled = await Promise.all(
        exhibitors.flatMap((exhibitor, who) =>
          nodes.map((node, at) => {
            const assignment = idOf(0x10000 + 100 * round + 10 * who + at);
            return assignBooth(node, node.as({ role: 'organiser', id: idOf(who) }), { booth, assignment, exhibitor });
          }),
        ),
      );
      const [events = []] = await log.store.load([{ stream: boothStream(fairId, booth), afterVersion: 0 }]);
      return {
        answers: handled.map((each) => (each.kind === 'refused' ? each.reason : each.kind)).toSorted(),
        facts: events.map(({ type }) => type),
      };
    }),
  );
}

/** One of four asked wins; the others are told why not, and it stays at that. */
const oneWinner = Array.from({ length: rounds }, () => ({
  answers: ['booth-assigned', 'booth-assigned', 'booth-assigned', 'recorded'],
  facts: ['BoothPlanned', 'BoothAssigned', 'RequestRefused', 'RequestRefused', 'RequestRefused'],
}));

describe('organisers who want the same booth', () => {
  it('are told apart by the log in memory, in 50 races at once', async () => {
    const log = await fairLog();
    expect(await race([log, { ...log, fairs: new FairCache() }])).toEqual(oneWinner);
  });

  describe('on two nodes of one PostgreSQL', () => {
    let database: FreshDatabase;
    beforeAll(async () => {
      database = await freshDatabase();
    });
    afterAll(() => database.drop());

    it('are told apart by it', async () => {
      const stores = [postgresEventStore(database.appUrl), postgresEventStore(database.appUrl)] as const;
      try {
        const log = await fairLog({ store: stores[0] });
        expect(await race([log, { ...log, store: stores[1], fairs: new FairCache() }])).toEqual(oneWinner);
      } finally {
        for (const store of stores) await store.close();
      }
    });
  });
});
