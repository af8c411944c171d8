import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../events/envelope.ts';
import { createApp } from '../../../src/http/app.ts';
import { limitsOf, usualLimits } from '../../../src/http/limits.ts';
import { ask, startFair, type TestFair } from '../harness.ts';

let fair: TestFair;
beforeAll(async () => {
  fair = await startFair({ figures: 'running' });
  await fair.projected();
});
afterAll(() => fair.close());

const path = () => `/api/fairs/${fair.fair}/live`;

/** An open stream, read event by event. */
const follow = async (as: Role, app = fair.app) => {
  const authorization = as === 'public' ? {} : { authorization: `Bearer ${await fair.token(as)}` };
  const response = await app.request(path(), { headers: authorization });
  const body: ReadableStream<Uint8Array> | null = response.body;
  const reader = body?.getReader();
  if (!reader) throw new Error('a stream has a body');
  const next = async (): Promise<string | undefined> => {
    const { value, done } = await reader.read();
    return done ? undefined : new TextDecoder().decode(value);
  };
  const figures = async (): Promise<{ id: number; document: Record<string, unknown> }> => {
    for (;;) {
      const event = await next();
      const [, id, data = ''] = /^event: figures\nid: (\d+)\ndata: (.*)\n\n$/.exec(event ?? '') ?? [];
      if (id !== undefined) return { id: Number(id), document: JSON.parse(data) };
      if (event === undefined) throw new Error('the stream ended');
    }
  };
  return { response, next, figures, cancel: () => reader.cancel() };
};

const walkIns = (persons: number) => {
  const { now } = fair.clock;
  const body = { gate: 'G1', direction: 'in', category: 'individual', persons, occurredAt: now, sentAt: now };
  return fair.ask('PUT', `/api/fairs/${fair.fair}/walk-ins/${fair.id()}`, { as: 'device', body });
};

describe("what happens, as it happens: 'GET /api/fairs/{fair}/live'", () => {
  test('viewers see every figure, at once and after each change', async () => {
    const board = await follow('viewer');
    expect(board.response.headers.get('content-type')).toBe('text/event-stream');
    expect(await board.next()).toBe('retry: 2000\n\n');
    const first = await board.figures();
    expect(first.document).toMatchObject({ position: first.id, fair: fair.fair, figures: expect.any(Array) });
    await walkIns(3);
    const second = await board.figures();
    expect(second.id).toBe(await fair.ports.store.head());
    const visits = expect.objectContaining({ key: 'visits', value: 3 });
    expect(second.document).toMatchObject({ figures: expect.arrayContaining([visits]) });
    await board.cancel();
  });

  test('everybody else sees the total and nothing more', async () => {
    for (const as of ['public', 'device', 'exhibitor'] as const) {
      const page = await follow(as);
      const { document } = await page.figures();
      expect(Object.keys(document).sort(), `for ${as}`).toEqual([
        'asOf',
        'fair',
        'name',
        'position',
        'status',
        'visits',
      ]);
      await page.cancel();
    }
  });

  test('is not packed, so that nothing waits for more to come', async () => {
    const response = await fair.app.request(path(), { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBeNull();
    await response.body?.cancel();
  });

  test("another fair's token gets 404, a bad one 401, a fair that is not there 404, a bad id 400", async () => {
    const token = await fair.token('viewer', { fair: fair.otherFair });
    const as = (secret: string) => ask(fair.app, 'GET', path(), { headers: { authorization: `Bearer ${secret}` } });
    expect((await as(token)).status).toBe(404);
    expect((await as('hst_made-up')).status).toBe(401);
    expect((await fair.ask('GET', `/api/fairs/${fair.id()}/live`)).status).toBe(404);
    expect((await fair.ask('GET', '/api/fairs/bac-ninh/live')).status).toBe(400);
  });

  test('is open only so many times for one caller, and a place that was left is free again', async () => {
    const limits = limitsOf({ ...usualLimits, streamsMax: { credential: 1, crowd: 2 } });
    const app = createApp({ ...fair.ports, limits });
    const [first, second] = [await follow('public', app), await follow('public', app)];
    const third = await ask(app, 'GET', path());
    expect(third).toMatchObject({ status: 429, body: { type: 'urn:hoi-sach:problem:too-many-requests' } });
    expect(third.headers.get('retry-after')).toBe('30');
    await first.cancel();
    await (await follow('public', app)).cancel();
    await second.cancel();
  });

  test('leaves no stream open for whoever asks for the head alone', async () => {
    const limits = limitsOf({ ...usualLimits, streamsMax: { credential: 1, crowd: 1 } });
    const app = createApp({ ...fair.ports, limits });
    for (const time of [1, 2, 3]) {
      const head = await app.request(path(), { method: 'HEAD' });
      expect(head.status, `time ${time}`).toBe(200);
    }
    await (await follow('public', app)).cancel();
  });

  test('ends when the node stops', async () => {
    const stopping = new AbortController();
    const app = createApp({ ...fair.ports, stopping: stopping.signal });
    const board = await follow('viewer', app);
    await board.figures();
    stopping.abort();
    expect(await board.next()).toBeUndefined();
  });
});
