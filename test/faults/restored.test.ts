import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/database/open.ts';
import { ownersToken } from '../e2e/kept-facts.ts';
import { kill, type ServerProcess, startServer } from '../e2e/server-process.ts';
import { look, sound } from '../e2e/soundness.ts';
import { underLoad } from '../e2e/under-load.ts';
import { dump, restore } from './dump.ts';
import { anOwnPlace, type OwnPlace } from './own-place.ts';

const size = { seed: 'dọn nhà', visits: 200, copies: 3_000 };

let places: readonly [from: OwnPlace, to: OwnPlace];
let folder: string;
let server: ServerProcess;
beforeEach(async () => {
  places = [await anOwnPlace(), await anOwnPlace()];
  folder = await mkdtemp(join(tmpdir(), 'hoi-sach-dump-'));
  server = await startServer(places[0].environment);
});
afterEach(async () => {
  await kill(server, 'SIGTERM');
  for (const { leave } of places) await leave();
  await rm(folder, { recursive: true, force: true });
});

test('a dump that is restored into a fresh server in the middle of a fair loses nothing, before or after it', async () => {
  const [from, to] = places;
  const load = { origins: [server.origin], token: await ownersToken(from), size } as const;
  const loaded = await underLoad(load, async () => {
    await kill(server, 'SIGTERM');
    const dumped = await inDatabaseOf(from, (database) => dump(database, folder));
    // What else is in the data folder, keys above all, moves with the dump.
    await cp(from.folder, to.folder, { recursive: true, filter: (path) => !basename(path).startsWith('postgres') });
    const restoredIn = await inDatabaseOf(to, (database) => restore(database, dumped));
    server = await startServer({ ...to.environment, PORT: new URL(server.origin).port });
    return { dumpedIn: dumped.transaction, restoredIn };
  });
  const { simulated, outcome } = loaded;
  // A fresh server counts transactions anew, which whoever reads by them does not survive.
  expect(outcome.restoredIn).toBeLessThan(outcome.dumpedIn);
  expect(loaded.answered.size).toBeGreaterThan(250);
  expect(simulated.visits.counted).toBe(simulated.visits.planned);
  expect(await look(to, loaded, { ...load, fair: simulated.fair })).toEqual(sound);
});

async function inDatabaseOf<Outcome>(
  { folder: dataDir }: OwnPlace,
  work: (database: OpenDatabase) => Promise<Outcome>,
): Promise<Outcome> {
  const database = await openDatabase({ dataDir, databaseUrl: undefined, databaseOwnerUrl: undefined }, { as: 'tool' });
  try {
    return await work(database);
  } finally {
    await database.stop();
  }
}
