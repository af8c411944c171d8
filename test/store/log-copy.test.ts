import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ProjectedEvent, StoredEvent } from '../../events/envelope.ts';
import { copyLog } from '../../src/store/postgres/log-copy.ts';
import { postgresEventStore } from '../../src/store/postgres/postgres-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { idOf } from '../support/facts.ts';
import { writeStored } from '../support/stored-log.ts';

const names = ['Thiếu nhi “Đọc”', 'tab\tand "quotes", "digest": "x"', 'ẩn danh\\'];

/** Of two types in turn, told by many actors, some with all that metadata may have. */
const log = Array.from({ length: 5000 }, (_, index): StoredEvent => {
  const position = index + 1;
  const rare = index % 7 === 0 ? { causation: idOf(position), skewSeconds: -1 - index } : {};
  return {
    id: idOf(0xabc000000 + position),
    type: index % 2 === 0 ? 'Even' : 'Odd',
    schema: 1 + (index % 3),
    data: { name: names[index % 3] ?? '', amounts: [index, -1.5, null], nested: { is: true } },
    meta: {
      fair: idOf(index % 4),
      actor: { role: 'device', id: names[index % 2] ?? '' },
      digest: 'd'.repeat(43),
      correlation: `run ${index}`,
      ...rare,
    },
    occurredAt: Date.parse('1999-12-31T23:59:59.999Z') + index * 1000.5 * 2,
    stream: `stream-${index % 50}`,
    version: 1 + Math.floor(index / 50),
    position,
    recordedAt: Date.parse('2026-04-21T08:00:00.001Z') + index,
  };
});

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await writeStored(database, log);
});
afterAll(() => database.drop());

/** As projections read it. */
const projected = ({ meta: { fair, actor }, ...event }: StoredEvent): ProjectedEvent => ({
  ...event,
  meta: { fair, actor },
});

async function copied(options: Parameters<typeof copyLog>[1]): Promise<ProjectedEvent[]> {
  const events: ProjectedEvent[] = [];
  for await (const list of copyLog(database.appUrl, options)) {
    expect(list.length).toBeGreaterThan(0);
    events.push(...list);
  }
  return events;
}

describe('a copy of the log', () => {
  test('gives the events that the store gives', async () => {
    const store = postgresEventStore(database.appUrl);
    const read = await store.read(0, log.length);
    await store.close();
    const all = await copied({ after: 0, upTo: log.length, types: { allBut: [] } });
    expect(all).toEqual(read.map(projected));
    expect(all).toEqual(log.map(projected));
  });

  test('gives those of some types, between two positions', async () => {
    const between = log.filter(({ position }) => position > 1000 && position <= 4500);
    const even = await copied({ after: 1000, upTo: 4500, types: { only: ['Even', 'None'] } });
    expect(even).toEqual(between.filter(({ type }) => type === 'Even').map(projected));
    const odd = await copied({ after: 1000, upTo: 4500, types: { allBut: ['Even'] } });
    expect(odd).toEqual(between.filter(({ type }) => type === 'Odd').map(projected));
    expect(await copied({ after: 4500, upTo: 4500, types: { allBut: [] } })).toEqual([]);
    expect(await copied({ after: 0, upTo: 4500, types: { only: ["it's", 'none'] } })).toEqual([]);
  });

  test('ends with an error where the connection breaks in its middle, and may be left at any time', async () => {
    const breaking = async () => {
      for await (const _ of copyLog(database.appUrl, { after: 0, upTo: log.length, types: { allBut: [] } }))
        await database.asOwner(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hoi-sach log copy' and datname = current_database()`,
        );
    };
    // All of so short a log may be on its way already; in either case it ends.
    const [ended] = await Promise.allSettled([breaking()]);
    expect(['fulfilled', 'rejected']).toContain(ended.status);
    for await (const list of copyLog(database.appUrl, { after: 0, upTo: log.length, types: { allBut: [] } })) {
      expect(list[0]?.position).toBe(1);
      break;
    }
  });

  test.each([
    ['no fair', `'{"actor": {"id": "x", "role": "device"}}'`],
    ['no role', `'{"fair": "f", "actor": {"id": "x"}}'`],
    ['nobody by whom', `'{"fair": "f", "actor": {"role": "device"}}'`],
    ['a role that there is none of', `'{"fair": "f", "actor": {"id": "x", "role": "king"}}'`],
  ])('ends with an error at metadata of %s, which only a stranger can have written', async (_, meta) => {
    const strange = await freshDatabase();
    onTestFinished(() => strange.drop());
    await strange.asOwner(`insert into events (position, event_id, stream, version, type, schema, data, meta, occurred_at, recorded_at)
      values (1, '${idOf(1)}', 'stream-1', 1, 'Odd', 1, '{}', ${meta}, now(), now())`);
    const lists = copyLog(strange.appUrl, { after: 0, upTo: 1, types: { allBut: [] } });
    await expect(lists.next()).rejects.toThrow(/lacks a value|Invalid option/);
  });
});
