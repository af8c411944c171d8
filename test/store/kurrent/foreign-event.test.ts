import { expect, test } from 'vitest';
import { someItem, wholeLog } from '../some-items.ts';
import { ownLog } from './own-log.ts';

const log = ownLog();

test('what somebody else writes into the log is reported, and hides nothing that stands before it', async () => {
  const store = log.node({ patienceSeconds: 1 });
  const item = someItem();
  await store.append([item]);
  const [named] = await log.database.asOwner<{ name: string }>('select name from kurrent_log');
  const event = { id: crypto.randomUUID(), type: 'A', contentType: 'application/json' };
  const [data, metadata] = [Buffer.from('{}'), Buffer.from('{"by":"somebody"}')];
  log.server.log.append(`${named?.name}${item.stream}`, 0, [{ ...event, data, metadata }]);
  for (const _ of ['once', 'twice'])
    await expect(store.append([someItem()])).rejects.toMatchObject({ name: 'StoreUnreachable' });
  await expect
    .poll(() => log.warnings, { timeout: 20_000 })
    .toContainEqual({
      err: expect.objectContaining({
        message: expect.stringMatching(/event 1 of the stream .* was not written by us/),
      }),
    });
  expect((await wholeLog(store)).map(({ id }) => id)).toEqual([item.event.id]);
});
