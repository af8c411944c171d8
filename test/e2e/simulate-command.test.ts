import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/command.ts';
import { simulate } from '../../src/cli/simulate.ts';
import { token } from '../../src/cli/token.ts';
import { readConfig } from '../../src/config.ts';
import { aPlace, type Place } from './played-fair.ts';
import { kill, type ServerProcess, startServer } from './server-process.ts';

describe('cli simulate', { timeout: 60_000 }, () => {
  let place: Place;
  let server: ServerProcess | undefined;
  beforeAll(async () => {
    place = await aPlace();
  });
  afterAll(async () => {
    if (server) await kill(server, 'SIGTERM');
    await place.leave();
  });

  const run = async (command: typeof simulate, args: readonly string[]): Promise<string[]> => {
    const said: string[] = [];
    await command.run(args, { config: readConfig(place.environment), tell: (line) => said.push(line) });
    return said;
  };

  it('sends a fair to a running server, which counts its visits, and the same fair again', async () => {
    server = await startServer(place.environment);
    const [owner = ''] = await run(token, ['--role', 'owner']);
    const args = [
      '--url',
      `${server.origin}/`,
      '--token',
      owner,
      '--seed',
      'một',
      '--visits',
      '130',
      '--copies',
      '1500',
    ];
    const [fair, answers, visits] = await run(simulate, args);
    expect(fair).toMatch(/^fair [\da-f-]{36}, seed một$/);
    expect(answers).toMatch(/^\d+ answers in \d+\.\d s, \d+ a second$/);
    expect(visits).toBe('visits planned 130, counted 130');
    const [, , again] = await run(simulate, args);
    expect(again).toBe(visits);
  });

  it('names every option that does not fit', async () => {
    const running = run(simulate, ['--url', 'somewhere', '--visits', '1']);
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(/--url.*http:\/\/localhost:3000[^]*--token.*owner[^]*--visits/);
  });
});
