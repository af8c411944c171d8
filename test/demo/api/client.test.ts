import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient, ApiRefusal } from '../../../src/demo/api/client.ts';
import { breakOff, closePlatforms, hangUp, platform, status } from './platform.ts';

afterEach(closePlatforms);

const write = { method: 'PUT', path: '/api/fairs/f/walk-ins/w', body: { persons: 5 }, token: 't0ken' } as const;
const Answer = z.object({ outcome: z.string() });

describe('the demo’s caller', () => {
  it('sends method, path, token and body, and reads the answer', async () => {
    const { asked, client } = await platform(status(200, { outcome: 'counted', more: 1 }));
    expect(await client.send(write, Answer)).toEqual({ outcome: 'counted' });
    expect(asked).toEqual([{ method: 'PUT', url: write.path, authorization: 'Bearer t0ken', body: '{"persons":5}' }]);
  });

  it.each([
    ['the connection breaks', hangUp],
    ['the answer breaks off in its middle', breakOff],
    ['the platform is busy', status(503, {}, { 'retry-after': '0' })],
    ['a race was lost', status(409, {})],
  ])('repeats the same when %s', async (_, failing) => {
    const { asked, client } = await platform(failing, failing, status(200, { outcome: 'counted' }));
    expect(await client.send(write, Answer)).toEqual({ outcome: 'counted' });
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map(({ body }) => body)).size).toBe(1);
  });

  it('waits as long as it is told', async () => {
    const { client } = await platform(status(429, {}, { 'retry-after': '1' }), status(200, { outcome: 'counted' }));
    const started = performance.now();
    await client.send(write, Answer);
    expect(performance.now() - started).toBeGreaterThan(990);
  });

  it('gives up at once where a repeat would help nothing, and says what was answered', async () => {
    const { asked, client } = await platform(status(422, { title: 'id-already-used' }));
    await expect(client.send(write, Answer)).rejects.toThrow(ApiRefusal);
    expect(asked).toHaveLength(1);
    const other = await platform(status(400, { title: 'bad' }));
    await expect(other.client.send(write, Answer)).rejects.toThrow(
      /PUT \/api\/fairs\/f\/walk-ins\/w was answered 400.*bad/,
    );
  });

  it('asks the nodes in turn, and goes on with the others when one is away', async () => {
    const one = await platform(hangUp, hangUp);
    const other = await platform(status(200, { outcome: 'counted' }), status(200, { outcome: 'counted' }));
    const client = new ApiClient({ origins: [one.origin, other.origin], attemptsMax: 2 });
    expect(await client.send(write, Answer)).toEqual({ outcome: 'counted' });
    expect(await client.send(write, Answer)).toEqual({ outcome: 'counted' });
    expect([one.asked.length, other.asked.length]).toEqual([1, 2]);
  });

  it('gives up when nobody waits any more', async () => {
    const { asked, origin } = await platform(hangUp, hangUp, hangUp);
    const ending = new AbortController();
    const client = new ApiClient({ origins: [origin], attemptsMax: 1000, signal: ending.signal });
    const sending = client.send(write, Answer);
    ending.abort();
    await expect(sending).rejects.toThrow('abort');
    expect(asked.length).toBeLessThan(2);
  });

  it('gives up in the end', async () => {
    const { asked, client } = await platform(hangUp, hangUp, hangUp, hangUp);
    await expect(client.send(write, Answer)).rejects.toThrow('fetch failed');
    expect(asked).toHaveLength(4);
  });
});
