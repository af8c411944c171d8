import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope.ts';
import { envelopeText, leafHash } from '../../src/seal/leaf.ts';

const event: StoredEvent = {
  id: '01980000-0000-7000-8000-000000000001',
  type: 'WalkInsCounted',
  schema: 1,
  data: { z: 'đoàn trường', quantity: 10, ratio: 0.1, list: [1, null, true] },
  meta: {
    fair: '01980000-0000-7000-8000-000000000002',
    actor: { role: 'device', id: '01980000-0000-7000-8000-000000000003' },
    digest: 'A'.repeat(43),
    correlation: 'request-1',
  },
  occurredAt: 1_650_500_000_123,
  stream: 'walk-in-1',
  version: 1,
  position: 42,
  recordedAt: 1_650_500_000_456,
};

describe('a leaf', () => {
  it('is SHA-256 of 0x00 and the whole envelope in RFC 8785 form', () => {
    const text =
      '{"data":{"list":[1,null,true],"quantity":10,"ratio":0.1,"z":"đoàn trường"},' +
      '"id":"01980000-0000-7000-8000-000000000001",' +
      '"meta":{"actor":{"id":"01980000-0000-7000-8000-000000000003","role":"device"},' +
      `"correlation":"request-1","digest":"${'A'.repeat(43)}","fair":"01980000-0000-7000-8000-000000000002"},` +
      '"occurredAt":1650500000123,"position":42,"recordedAt":1650500000456,"schema":1,"stream":"walk-in-1",' +
      '"type":"WalkInsCounted","version":1}';
    expect(envelopeText(event)).toBe(text);
    expect(leafHash(event)).toEqual(createHash('sha256').update('\0').update(text).digest());
  });

  it('is the same in whatever order the fields are kept', () => {
    const { id, ...rest } = event;
    expect(
      leafHash({ ...rest, id, data: { quantity: 10, list: [1, null, true], ratio: 0.1, z: 'đoàn trường' } }),
    ).toEqual(leafHash(event));
  });

  const changes: { readonly [Field in keyof StoredEvent]: StoredEvent[Field] } = {
    id: '01980000-0000-7000-8000-000000000009',
    type: 'WalkInsCounted2',
    schema: 2,
    data: { quantity: 11 },
    meta: { ...event.meta, correlation: 'request-2' },
    occurredAt: event.occurredAt + 1,
    stream: 'walk-in-2',
    version: 2,
    position: 43,
    recordedAt: event.recordedAt + 1,
  };
  it.each(Object.entries(changes))('is another one when %s is changed', (field, value) => {
    expect(leafHash({ ...event, [field]: value })).not.toEqual(leafHash(event));
  });

  it('is refused to what is no JSON, as a number that no double holds reads', () => {
    expect(() => leafHash({ ...event, data: { quantity: Number.POSITIVE_INFINITY } })).toThrow('Infinity');
  });
});
