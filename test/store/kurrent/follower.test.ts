import { expect, test } from 'vitest';
import { KurrentConnection } from '../../../src/store/kurrent/connection.ts';
import { Follower } from '../../../src/store/kurrent/follower.ts';
import type { Standing } from '../../../src/store/kurrent/register.ts';
import { ownLog } from './own-log.ts';

const log = ownLog();

test('whoever is about to follow the log as it is closed does not begin', async () => {
  const name = 'somebody-';
  const connection = new KurrentConnection(log.server.url, { name, callSecondsMax: 10 });
  const { promise, resolve } = Promise.withResolvers<Standing>();
  const register = { standing: () => promise, add: async () => new Map() };
  const warnings: unknown[] = [];
  const warn = (about: unknown) => warnings.push(about);
  const follower = new Follower({ connection, register, name, log: { warn }, callSecondsMax: 10 });
  const closing = follower.close();
  resolve({ name, scanned: -1 });
  await closing;
  expect(warnings).toEqual([]);
  await connection.close();
});
