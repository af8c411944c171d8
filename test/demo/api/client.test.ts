import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient, ApiRefusal } from '../../../src/demo/api/client.ts';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

type Answering = (response: ServerResponse) => void;
const status =
  (code: number, body: unknown, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response.writeHead(code, headers).end(JSON.stringify(body));
const hangUp: Answering = (response) => void response.destroy();

/** A platform that gives these answers one after the other, and what it was asked. */
async function platform(...answers: Answering[]) {
  const asked: {
    method: string | undefined;
    url: string | undefined;
    authorization: string | undefined;
    body: string;
  }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method, url, headers } = request;
      asked.push({ method, url, authorization: headers.authorization, body: Buffer.concat(parts).toString() });
      answers.shift()?.(response);
    });
  });
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address: string | AddressInfo | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = `http://127.0.0.1:${address.port}`;
  return { asked, origin, client: new ApiClient({ origins: [origin], attemptsMax: 4 }) };
}

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

  it('gives up in the end', async () => {
    const { asked, client } = await platform(hangUp, hangUp, hangUp, hangUp);
    await expect(client.send(write, Answer)).rejects.toThrow('fetch failed');
    expect(asked).toHaveLength(4);
  });
});
