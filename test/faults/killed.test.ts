import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownersToken } from '../e2e/kept-facts.ts';
import { kill, type ServerProcess, startServer } from '../e2e/server-process.ts';
import { look, sound } from '../e2e/soundness.ts';
import { underLoad } from '../e2e/under-load.ts';
import { eventually } from '../support/processes.ts';
import { anOwnPlace, type OwnPlace } from './own-place.ts';

const size = { seed: 'giữa chừng', visits: 200, copies: 3_000 };

describe('kill -9 in the middle of a fair', () => {
  let place: OwnPlace;
  let server: ServerProcess;
  let token: string;
  beforeEach(async () => {
    place = await anOwnPlace();
    server = await startServer(place.environment);
    token = await ownersToken(place);
  });
  afterEach(async () => {
    await kill(server, 'SIGTERM');
    await place.leave();
  });

  const startAgain = async () => {
    server = await startServer({ ...place.environment, PORT: new URL(server.origin).port });
  };
  const killPostgres = async () => process.kill(await place.postmaster(), 'SIGKILL');
  const disasters = {
    'of Node': async () => {
      await kill(server, 'SIGKILL');
      await startAgain();
    },
    'of PostgreSQL': async () => {
      const before = await place.postmaster();
      await killPostgres();
      await eventually(
        () =>
          place.postmaster().then(
            (now) => now !== before,
            () => false,
          ),
        60,
      );
    },
    'of both': async () => {
      await Promise.all([kill(server, 'SIGKILL'), killPostgres()]);
      await startAgain();
    },
  } as const;

  test.each(Object.entries(disasters))('%s loses nothing and counts nothing twice', async (_, disaster) => {
    const load = { origins: [server.origin], token, size } as const;
    const loaded = await underLoad(load, disaster);
    const { fair, visits } = loaded.simulated;
    expect(loaded.answered.size).toBeGreaterThan(250);
    expect(visits.counted).toBe(visits.planned);
    expect(await look(place, loaded, { ...load, fair })).toEqual(sound);
  });
});
