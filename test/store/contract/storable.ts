import { describe, expect, test } from 'vitest';
import type { EventStore } from '../../../src/store/event-store.ts';
import type { Traits } from '../contract.ts';
import { outcomes, someEvent, someId, someItem, someMeta, someStream } from '../some-items.ts';

/** What an event may hold, and what becomes of one that holds something else. */
export function keeps(store: EventStore, { dataBytesMax }: Traits): void {
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

    const bytesMax = Math.min(dataBytesMax, 3_000_000);
    test(`${bytesMax} bytes of data, beside small ones`, async () => {
      const large = someItem({ data: dataOf(bytesMax) });
      const items = [someItem(), large, someItem(), someItem({ data: dataOf(bytesMax) })];
      expect(await outcomes(store, items)).toEqual(['appended', 'appended', 'appended', 'appended']);
      expect(await outcomes(store, items)).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate']);
      const [[event] = []] = await store.load([{ stream: large.stream, afterVersion: 0 }]);
      expect(event?.data).toEqual(large.event.data);
    });

    test.each(Number.isFinite(dataBytesMax) ? [2 * dataBytesMax] : [])(
      '%i bytes are too many, and fail for themselves only',
      async (bytes) => {
        const items = [someItem(), someItem({ data: dataOf(bytes) }), someItem()];
        expect(await outcomes(store, items)).toEqual(['appended', 'failed', 'appended']);
        expect(await outcomes(store, items)).toEqual(['duplicate', 'failed', 'duplicate']);
      },
    );

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

/** So many bytes of JSON, in letters of one and of three bytes. */
const dataOf = (bytes: number): { readonly text: string } => {
  const rest = bytes - JSON.stringify({ text: '' }).length;
  return { text: 'ệ'.repeat(Math.floor(rest / 6)) + 'a'.repeat(rest - 3 * Math.floor(rest / 6)) };
};
