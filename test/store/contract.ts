import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventStore } from '../../src/store/event-store.ts';
import {
  digest,
  outcomes,
  someChain,
  someEvent,
  someId,
  someItem,
  someMeta,
  someStream,
  wholeLog,
} from './some-items.ts';

export type OpenStore = (options?: {
  clock?: () => number;
}) => Promise<{ store: EventStore; close: () => Promise<void> }>;

/** What every store promises. `open` makes one with an empty log. */
export function holdsTheContract(open: OpenStore): void {
  let store: EventStore;
  let close: () => Promise<void>;
  beforeAll(async () => ({ store, close } = await open()));
  afterAll(() => close());

  describe('appending', () => {
    test('a new stream begins with version 1, and what was appended is read back as it was', async () => {
      const item = someItem({ data: { name: 'Hội Sách', of: [1, 2.5, null, true, { deep: '"\\\u001f\n' }] } });
      const [result] = await store.append([item]);
      expect(result).toEqual({
        outcome: 'appended',
        version: 1,
        position: await store.head(),
        recordedAt: expect.any(Number),
      });
      const [events] = await store.load([{ stream: item.stream, afterVersion: 0 }]);
      const { outcome: _, ...place } = result ?? { outcome: 'none' };
      expect(events).toStrictEqual([{ ...item.event, stream: item.stream, ...place }]);
      expect(await store.read((await store.head()) - 1, 10)).toStrictEqual(events);
    });

    test('the next version of a stream is appended when the expected version is the current one', async () => {
      const stream = someStream();
      expect(await outcomes(store, [someItem({ stream })])).toEqual(['appended']);
      expect(await store.append([someItem({ stream, expectedVersion: 1 })])).toMatchObject([
        { outcome: 'appended', version: 2 },
      ]);
    });

    test.each([
      [0, 1, 'a stream that must not exist, but does'],
      [2, 1, 'a version that is still to come'],
      [1, 3, 'a version that is over'],
      [7, 0, 'a version of a stream that does not exist'],
    ])(
      'expecting version %i of a stream at version %i (%#) conflicts and changes nothing',
      async (expectedVersion, currentVersion) => {
        const stream = someStream();
        await store.append(someChain(stream, currentVersion));
        const before = await store.head();
        const item = someItem({ stream, expectedVersion });
        for (const _ of ['once', 'twice']) {
          expect(await store.append([item])).toEqual([{ outcome: 'conflict', currentVersion }]);
        }
        expect(await store.head()).toBe(before);
        expect((await store.load([{ stream, afterVersion: 0 }]))[0]).toHaveLength(currentVersion);
      },
    );

    test('no items get no results', async () => {
      expect(await store.append([])).toEqual([]);
    });

    test('results come in the order of the items, and events in the order of their stream', async () => {
      const [one, other] = [someStream(), someStream()];
      const items = [
        someItem({ stream: one }),
        someItem({ stream: other }),
        someItem({ stream: one, expectedVersion: 1 }),
        someItem({ stream: other, expectedVersion: 5 }),
        someItem({ stream: one, expectedVersion: 2 }),
      ];
      const before = await store.head();
      expect(await store.append(items)).toMatchObject([
        { outcome: 'appended', version: 1, position: before + 1 },
        { outcome: 'appended', version: 1, position: before + 2 },
        { outcome: 'appended', version: 2, position: before + 3 },
        { outcome: 'conflict', currentVersion: 1 },
        { outcome: 'appended', version: 3, position: before + 4 },
      ]);
    });

    test('where the first of several items of a stream conflicts, those that build on it conflict too', async () => {
      const stream = someStream();
      await store.append(someChain(stream, 1));
      expect(await store.append(someChain(stream, 3))).toMatchObject([
        { outcome: 'conflict', currentVersion: 1 },
        { outcome: 'appended', version: 2 },
        { outcome: 'appended', version: 3 },
      ]);
      const late = [4, 5].map((expectedVersion) => someItem({ stream, expectedVersion }));
      expect(await store.append(late)).toEqual([
        { outcome: 'conflict', currentVersion: 3 },
        { outcome: 'conflict', currentVersion: 3 },
      ]);
    });

    test('two items that both expect the same version: the first one wins', async () => {
      const stream = someStream();
      await store.append(someChain(stream, 2));
      const rivals = [someItem({ stream, expectedVersion: 2 }), someItem({ stream, expectedVersion: 2 })];
      expect(await store.append(rivals)).toMatchObject([
        { outcome: 'appended', version: 3 },
        { outcome: 'conflict', currentVersion: 3 },
      ]);
      const [events = []] = await store.load([{ stream, afterVersion: 2 }]);
      expect(events.map(({ id }) => id)).toEqual([rivals[0]?.event.id]);
    });

    test('a long chain of one call is appended whole', async () => {
      const stream = someStream();
      const results = await store.append(someChain(stream, 1500));
      expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['appended']));
      const [events = []] = await store.load([{ stream, afterVersion: 0 }]);
      expect(events.map(({ version }) => version)).toEqual(Array.from({ length: 1500 }, (_, at) => at + 1));
    });

    test('many calls at once are each answered for their own items', async () => {
      const calls = Array.from({ length: 300 }, () => [someItem(), someItem({ expectedVersion: 3 }), someItem()]);
      const answers = await Promise.all(calls.map((items) => store.append(items)));
      for (const [at, results] of answers.entries()) {
        expect(results.map(({ outcome }) => outcome)).toEqual(['appended', 'conflict', 'appended']);
        for (const index of [0, 2]) {
          const result = results[index];
          if (result?.outcome !== 'appended') throw new Error('was appended');
          const [event] = await store.readAt([result.position]);
          expect(event?.id).toBe(calls[at]?.[index]?.event.id);
        }
      }
    });
  });

  describe('repeating', () => {
    test('the same item again is a duplicate, with the place of the first', async () => {
      const item = someItem();
      const [first] = await store.append([item]);
      if (first?.outcome !== 'appended') throw new Error('was appended');
      const { version, position, recordedAt } = first;
      const duplicate = {
        outcome: 'duplicate',
        stream: item.stream,
        version,
        position,
        recordedAt,
        digest: digest('a'),
      };
      expect(await store.append([item])).toEqual([duplicate]);
      expect(await store.append([item, someItem(), item])).toMatchObject([
        duplicate,
        { outcome: 'appended' },
        duplicate,
      ]);
    });

    test('twice in one call is once in the log', async () => {
      const item = someItem();
      const [first, second] = await store.append([item, item]);
      expect(first?.outcome).toBe('appended');
      expect(second).toEqual({ ...first, outcome: 'duplicate', stream: item.stream, digest: digest('a') });
      expect((await store.load([{ stream: item.stream, afterVersion: 0 }]))[0]).toHaveLength(1);
    });

    test.each([1, 0, 9])('the id decides before the version (expecting %i)', async (expectedVersion) => {
      const item = someItem();
      const id = item.event.id;
      await store.append([item]);
      const again = someItem({ stream: item.stream, expectedVersion, id });
      expect(await store.append([again])).toMatchObject([{ outcome: 'duplicate', stream: item.stream, version: 1 }]);
    });

    test('the id counts across streams, and the digest answered is the first one', async () => {
      const item = someItem();
      await store.append([item]);
      const other = someItem({ id: item.event.id, meta: someMeta({ digest: digest('b') }) });
      for (const _ of ['once', 'twice']) {
        expect(await store.append([other])).toMatchObject([
          { outcome: 'duplicate', stream: item.stream, version: 1, digest: digest('a') },
        ]);
      }
      expect(await store.load([{ stream: other.stream, afterVersion: 0 }])).toEqual([[]]);
    });

    test('the id of an item that conflicted is free', async () => {
      const id = someId();
      const items = [someItem({ id, expectedVersion: 4 }), someItem({ id }), someItem({ id })];
      expect(await outcomes(store, items)).toEqual(['conflict', 'appended', 'duplicate']);
    });

    test('the chain behind a duplicate builds on what is in the log', async () => {
      const stream = someStream();
      const chain = someChain(stream, 2);
      await store.append(chain);
      const next = [...chain, someItem({ stream, expectedVersion: 2 })];
      expect(await outcomes(store, next)).toEqual(['duplicate', 'duplicate', 'appended']);
    });
  });

  describe('what cannot be stored', () => {
    const text = (character: string) => ({ data: { note: `a${character}b` } });
    test.each([
      ['NUL in the data', text('\u0000')],
      ['half a surrogate pair in the data', text('\ud83d')],
      ['the other half', text('\udcda')],
      ['NUL in the meta', { meta: someMeta({ correlation: '\u0000' }) }],
      ['NUL in a key', { data: { '\u0000': 1 } }],
      ['NUL in the stream', { stream: 'a\u0000' }],
      ['half a surrogate pair in the stream', { stream: '\ud83d' }],
      ['a control character in the stream', { stream: 'a\u001fb' }],
      ['a stream without a name', { stream: '' }],
      ['a very long stream', { stream: 'x'.repeat(201) }],
      ['NUL in the type', { type: 'A\u0000' }],
      ['an id that is no UUID', { id: 'walk-in-1' }],
      ['an upper-case id', { id: someId().toUpperCase() }],
      ['no data', { data: undefined }],
      ['a negative version', { expectedVersion: -1 }],
      ['half a version', { expectedVersion: 0.5 }],
      ['no time', { occurredAt: Number.NaN }],
    ])('%s fails for itself only', async (_, about) => {
      const stream = someStream();
      const items = [someItem({ stream }), someItem(about), someItem({ stream, expectedVersion: 1 })];
      expect(await outcomes(store, items)).toEqual(['appended', 'failed', 'appended']);
      expect(await outcomes(store, items)).toEqual(['duplicate', 'failed', 'duplicate']);
    });

    test('the error says what is wrong', async () => {
      const [result] = await store.append([someItem({ id: 'x' })]);
      expect(result).toMatchObject({ outcome: 'failed', error: { message: expect.stringContaining('UUID') } });
    });
  });

  describe('what can be stored', () => {
    test.each([
      ['Vietnamese, composed and decomposed', 'Nguyễn Ngọc Ánh – đặc sắc'],
      ['beyond the first plane', '📚𠮷'],
      ['what looks like an escape', '\\u0000 \\ud83d \\\\u0000'],
      ['control characters', '\u0001\u001f\t\r\n\u007f\u2028'],
      ['quotes, braces, commas', `{"a":'b',}\\`],
    ])('%s', async (_, note) => {
      const item = someItem({ data: { note, [note]: [note] }, meta: someMeta({ correlation: note }) });
      expect(await outcomes(store, [item])).toEqual(['appended']);
      const [[event] = []] = await store.load([{ stream: item.stream, afterVersion: 0 }]);
      expect(event).toMatchObject(item.event);
    });

    test('a stream with any printable name', async () => {
      const stream = `Đường sách "${someId()}", {a\\b}`;
      expect(await outcomes(store, [someItem({ stream })])).toEqual(['appended']);
      expect((await store.load([{ stream, afterVersion: 0 }]))[0]).toHaveLength(1);
    });

    test('megabytes of data, beside small ones', async () => {
      const lines = Array.from({ length: 4 }, (_, at) => `${at}`.repeat(700_000));
      const items = [someItem(), someItem({ data: { lines } }), someItem()];
      expect(await outcomes(store, items)).toEqual(['appended', 'appended', 'appended']);
      const [[event] = []] = await store.load([{ stream: items[1]?.stream ?? '', afterVersion: 0 }]);
      expect(event?.data).toEqual({ lines });
    });

    test.each([0, 1, 1_650_500_000_123, 253_402_300_799_999, 8.64e15, -1, -62_135_596_800_000])(
      'the time %i to the millisecond',
      async (occurredAt) => {
        const item = someItem({ occurredAt });
        await store.append([item]);
        const [[event] = []] = await store.load([{ stream: item.stream, afterVersion: 0 }]);
        expect(event?.occurredAt).toBe(occurredAt);
      },
    );

    test('nobody can change the log through what was given or got', async () => {
      const data = { persons: 1 };
      const item = someItem({ data });
      await store.append([item]);
      data.persons = 2;
      const request = [{ stream: item.stream, afterVersion: 0 }];
      const [[event] = []] = await store.load(request);
      Object.assign(event?.meta ?? {}, { correlation: 'changed' });
      const [[again] = []] = await store.load(request);
      expect(again).toMatchObject({ data: { persons: 1 }, meta: { correlation: 'request-1' } });
    });
  });

  describe('reading', () => {
    test('positions are 1…n without a gap, whatever conflicted or failed in between', async () => {
      for (const about of [{}, { expectedVersion: 2 }, { id: 'x' }, {}])
        await store.append([someItem(about), someItem(about)]);
      const log = await wholeLog(store);
      expect(log.map(({ position }) => position)).toEqual(Array.from({ length: log.length }, (_, at) => at + 1));
      expect(await store.head()).toBe(log.length);
    });

    test('read gives what lies after a position, at most so many', async () => {
      await store.append(Array.from({ length: 5 }, () => someItem()));
      const head = await store.head();
      const positions = async (after: number, limit: number) =>
        (await store.read(after, limit)).map(({ position }) => position);
      expect(await positions(head - 3, 2)).toEqual([head - 2, head - 1]);
      expect(await positions(head - 1, 100)).toEqual([head]);
      expect(await positions(head, 100)).toEqual([]);
      expect(await positions(head + 1000, 100)).toEqual([]);
      expect(await positions(0, 1)).toEqual([1]);
    });

    test('readAt gives the events at positions in log order, and leaves out what is not there', async () => {
      await store.append([someItem(), someItem()]);
      const head = await store.head();
      const events = await store.readAt([head, 1, head + 5, head, 0, -1, head - 1]);
      expect(events.map(({ position }) => position)).toEqual([1, head - 1, head]);
      expect(await store.readAt([])).toEqual([]);
    });

    test('load answers each request in its place: after a version, all, nothing, and the same twice', async () => {
      const [long, none] = [someStream(), someStream()];
      await store.append(someChain(long, 4));
      const versions = (requests: [string, number][]) =>
        store
          .load(requests.map(([stream, afterVersion]) => ({ stream, afterVersion })))
          .then((answers) => answers.map((events) => events.map(({ stream, version }) => [stream === long, version])));
      const [all, last] = [[1, 2, 3, 4].map((version) => [true, version]), [[true, 4]]];
      expect(
        await versions([
          [long, 3],
          [none, 0],
          [long, 0],
          [long, 4],
          [long, 9],
          [long, 3],
          ['a\u0000', 0],
        ]),
      ).toEqual([last, [], all, [], [], last, []]);
      expect(await versions([])).toEqual([]);
    });

    test('streams that begin alike are not mixed up', async () => {
      const stream = someStream();
      await store.append([
        someItem({ stream }),
        someItem({ stream: `${stream}-2` }),
        someItem({ stream: stream.toUpperCase() }),
      ]);
      const [events = []] = await store.load([{ stream, afterVersion: 0 }]);
      expect(events.map((event) => event.stream)).toEqual([stream]);
    });
  });

  describe('being told', () => {
    test('a listener is called after an append, until it stops', async () => {
      let calls = 0;
      const stop = store.onAppend(() => (calls += 1));
      await store.append([someItem()]);
      await expect.poll(() => calls).toBeGreaterThan(0);
      calls = 0;
      await store.append([someItem()]);
      await expect.poll(() => calls).toBeGreaterThan(0);
      stop();
      let others = 0;
      store.onAppend(() => (others += 1));
      calls = 0;
      await store.append([someItem()]);
      await expect.poll(() => others).toBeGreaterThan(0);
      expect(calls).toBe(0);
    });
  });

  describe('the time of recording', () => {
    test('comes from the clock, in milliseconds, and never goes back', async () => {
      const times = [1_650_500_000_500, 1_650_500_000_501, 1_650_400_000_000, 1_650_500_000_502];
      let now = 0;
      const own = await open({ clock: () => now });
      try {
        for (const time of times) {
          now = time;
          await own.store.append([someItem(), someItem()]);
        }
        const recorded = (await own.store.read(0, 100)).map(({ recordedAt }) => recordedAt - 1_650_500_000_000);
        expect(recorded).toEqual([500, 500, 501, 501, 501, 501, 502, 502]);
      } finally {
        await own.close();
      }
    });

    test('is the same in the result, in the log and in a duplicate', async () => {
      const item = someItem();
      const [first] = await store.append([item]);
      const [again] = await store.append([item]);
      const [[event] = []] = await store.load([{ stream: item.stream, afterVersion: 0 }]);
      expect(again).toMatchObject({ recordedAt: event?.recordedAt });
      expect(first).toMatchObject({ recordedAt: event?.recordedAt });
    });
  });

  test('an event is kept field by field', async () => {
    const event = someEvent({
      type: 'FactVoided',
      schema: 3,
      data: [],
      meta: someMeta({ actor: { role: 'organiser', id: 'x' }, causation: someId(), skewSeconds: -7 }),
    });
    const stream = someStream();
    await store.append([{ stream, expectedVersion: 0, event }]);
    const [[stored] = []] = await store.load([{ stream, afterVersion: 0 }]);
    const { stream: _, version: __, position: ___, recordedAt: ____, ...kept } = stored ?? {};
    expect(kept).toStrictEqual(event);
  });
}
