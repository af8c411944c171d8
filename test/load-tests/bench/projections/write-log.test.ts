import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextOf } from '../../../../load-tests/bench/projections/arriving.ts';
import { FairLog } from '../../../../load-tests/bench/projections/log/fair-log.ts';
import { writeLog } from '../../../../load-tests/bench/projections/write-log.ts';
import { postgresEventStore } from '../../../../src/store/postgres/postgres-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../../../support/database.ts';

const options = { events: 3001, catalogueLines: 400 };
const items = [...new FairLog(options).items()];

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await writeLog(database.ownerUrl, items.slice(0, 3000));
});
afterAll(() => database.drop());

describe('a log that was written past the store', () => {
  it('is read by the store as it was written, its positions without a gap', async () => {
    const store = postgresEventStore(database.appUrl);
    const read = await store.read(0, 4000);
    expect(read).toEqual(
      items.slice(0, 3000).map(({ event, stream, expectedVersion, recordedAt }, index) => ({
        ...event,
        stream,
        version: expectedVersion + 1,
        position: index + 1,
        recordedAt,
      })),
    );
    await store.close();
  });

  it('goes on by the store’s own appends, each of them once', async () => {
    const store = postgresEventStore(database.appUrl);
    const last = items.slice(3000);
    expect(await store.append(last)).toMatchObject([{ outcome: 'appended', position: 3001 }]);
    expect(await store.append(last)).toMatchObject([{ outcome: 'duplicate', position: 3001 }]);
    await store.close();
  });
});

describe('a part of a log', () => {
  it('leaves the rest to be taken', () => {
    const rest = new FairLog(options).items();
    expect([...nextOf(rest, 3)]).toEqual(items.slice(0, 3));
    expect([...nextOf(rest, 2)]).toEqual(items.slice(3, 5));
    expect([...nextOf(rest, 10_000)]).toHaveLength(options.events - 5);
  });
});
