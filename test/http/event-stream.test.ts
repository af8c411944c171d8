import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { eventFrame, eventStream, type Frame } from '../../src/http/event-stream.ts';

type Given = {
  heartbeatSeconds?: number;
  askedSeconds?: number;
  isStillAllowed?: () => Promise<boolean>;
  until?: AbortSignal;
};

const frame = (id: number): Frame => eventFrame({ event: 'figures', id, data: `{"position":${id}}` });
const text = (id: number): string => `event: figures\nid: ${id}\ndata: {"position":${id}}\n\n`;

const opened = ({
  heartbeatSeconds = 60,
  askedSeconds = 0.01,
  isStillAllowed = async () => true,
  until = new AbortController().signal,
}: Given = {}) => {
  const senders = new Set<(frame: Frame) => void>();
  let ends = 0;
  const response = eventStream({
    subscribe: (send) => {
      senders.add(send);
      return () => senders.delete(send);
    },
    heartbeat: eventFrame({ event: 'heartbeat', data: '{}' }),
    heartbeatSeconds,
    permission: { isStillAllowed, everySeconds: askedSeconds },
    until,
    onEnd: () => (ends += 1),
  });
  const body: ReadableStream<Frame> | null = response.body;
  const reader = body?.getReader();
  if (!reader) throw new Error('a stream has a body');
  const read = async (): Promise<string | undefined> => {
    const { value, done } = await reader.read();
    return done ? undefined : new TextDecoder().decode(value);
  };
  return {
    response,
    read,
    cancel: () => reader.cancel(),
    ends: () => ends,
    readers: () => senders.size,
    send: (id: number) => senders.forEach((send) => send(frame(id))),
  };
};

describe('a live stream', () => {
  test('says how soon to come back, then sends what comes', async () => {
    const stream = opened();
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(await stream.read()).toBe('retry: 2000\n\n');
    stream.send(1);
    expect(await stream.read()).toBe(text(1));
    await stream.cancel();
  });

  test('gives a slow reader the latest, and nothing twice', async () => {
    const stream = opened();
    for (const id of [1, 2, 3, 4]) stream.send(id);
    expect(await stream.read()).toBe('retry: 2000\n\n');
    expect(await stream.read()).toBe(text(4));
    stream.send(5);
    expect(await stream.read()).toBe(text(5));
    await stream.cancel();
  });

  test('is never silent for long, and closes on whoever may not see it any more', async () => {
    let allowed = true;
    const stream = opened({ heartbeatSeconds: 0.01, isStillAllowed: async () => allowed });
    await stream.read();
    expect(await stream.read()).toBe('event: heartbeat\ndata: {}\n\n');
    expect(await stream.read()).toBe('event: heartbeat\ndata: {}\n\n');
    allowed = false;
    let last = await stream.read();
    while (last !== undefined) last = await stream.read();
    expect(stream.readers()).toBe(0);
    expect(stream.ends()).toBe(1);
  });

  test('closes on whoever may not see it any more, however much there is to see', async () => {
    let sent = 0;
    const stream = opened({ isStillAllowed: async () => sent < 3 });
    while ((await stream.read()) !== undefined) {
      await setImmediate();
      stream.send((sent += 1));
    }
    expect([stream.readers(), stream.ends()]).toEqual([0, 1]);
  });

  test('stays open while nobody can say whether it may', async () => {
    const stream = opened({
      heartbeatSeconds: 0.01,
      isStillAllowed: () => Promise.reject(new Error('the database is away')),
    });
    await stream.read();
    expect(await stream.read()).toBe('event: heartbeat\ndata: {}\n\n');
    await stream.cancel();
  });

  test('leaves nothing behind, whether the reader goes or the node stops', async () => {
    const gone = opened();
    await gone.cancel();
    expect([gone.readers(), gone.ends()]).toEqual([0, 1]);

    const node = new AbortController();
    const stopped = opened({ until: node.signal });
    await stopped.read();
    node.abort();
    expect(await stopped.read()).toBeUndefined();
    expect([stopped.readers(), stopped.ends()]).toEqual([0, 1]);
  });
});
