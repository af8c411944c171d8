import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../src/http/app.ts';
import { ok } from '../../src/http/reply.ts';
import { writeAnywhere } from '../../src/http/route.ts';
import { startFair, type TestFair } from './harness.ts';

/** Answers with what it was sent, as often as asked. */
const echo = writeAnywhere({
  method: 'put',
  path: '/echo',
  summary: 'Say it again',
  may: ['public'],
  bodyBytesMax: 5000,
  body: z.object({ text: z.string(), times: z.int().default(1) }),
  handle: async ({ body }) => ok({ said: body.text.repeat(body.times) }, { repeated: 'false' }),
});

describe('over a socket', () => {
  let fair: TestFair;
  let server: ServerType;
  let url = '';
  beforeAll(async () => {
    fair = await startFair();
    server = createAdaptorServer({ fetch: createApp(fair.ports, [echo]).fetch });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address !== null && typeof address === 'object') url = `http://127.0.0.1:${address.port}`;
  });
  afterAll(async () => {
    server.close();
    await fair.close();
  });

  const put = (body: string | Buffer<ArrayBuffer> | ReadableStream, about: { duplex?: 'half' } = {}) =>
    fetch(`${url}/echo`, { method: 'PUT', body, headers: { 'content-type': 'application/json' }, ...about });

  test('a short answer, a long one and a problem have the same headers for the browser', async () => {
    const answers = await Promise.all([
      put(JSON.stringify({ text: 'ngày sách' })),
      put(JSON.stringify({ text: 'ngày sách', times: 400 })),
      put('{}'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400]);
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(bodies.slice(0, 2)).toEqual([{ said: 'ngày sách' }, { said: 'ngày sách'.repeat(400) }]);
    const shown = answers.map(({ headers }) =>
      [...headers].filter(([name]) =>
        /^(content-security|x-(?!request)|referrer|cross|permissions|cache|strict)/.test(name),
      ),
    );
    expect(shown[0]).toHaveLength(8);
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(null);
    expect(answers.slice(0, 2).map(({ headers }) => headers.get('content-encoding'))).toEqual([null, 'gzip']);
    expect(answers[0]?.headers.get('content-length')).toBe(String(Buffer.byteLength('{"said":"ngày sách"}')));
    expect(answers[0]?.headers.get('repeated')).toBe('false');
  });

  test('a body is read whether or not it says how long it is', async () => {
    const body = JSON.stringify({ text: 'a' });
    expect(await (await put(body)).json()).toEqual({ said: 'a' });
    const streamed = await put(new Blob([body]).stream(), { duplex: 'half' });
    expect(await streamed.json()).toEqual({ said: 'a' });
  });

  test('a body that is too long is refused, told before or not', async () => {
    const body = JSON.stringify({ text: 'a'.repeat(6000) });
    expect((await put(body)).status).toBe(413);
    expect((await put(new Blob([body]).stream(), { duplex: 'half' })).status).toBe(413);
  });

  test('what is not UTF-8 is refused, and not mended', async () => {
    const body = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xc3]), Buffer.from('"}')]);
    const answer = await put(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ path: 'body', message: 'must be JSON in UTF-8' }] });
  });
});
