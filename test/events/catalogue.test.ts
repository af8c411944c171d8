import { describe, expect, it } from 'vitest';
import {
  eventSchemas,
  isEventType,
  newEvent,
  schemaVersionOf,
  toFairEvent,
  UnknownEventType,
} from '../../events/catalogue.ts';
import type { StoredEvent } from '../../events/envelope.ts';

const fair = '01900000-0000-7000-8000-000000000001';
const count = '01900000-0000-7000-8000-000000000002';
const meta = { fair, actor: { role: 'device' as const, id: 'd1' }, digest: 'x'.repeat(43), correlation: 'r1' };
const walkIns = { count, site: 'S1', gate: 'G1', category: 'individual', persons: 5 };

const stored = (over: Partial<StoredEvent>): StoredEvent => ({
  id: count,
  stream: `walk-in-${count}`,
  version: 1,
  type: 'WalkInsCounted',
  schema: 2,
  data: { ...walkIns, direction: 'in' },
  meta,
  occurredAt: 1,
  recordedAt: 2,
  position: 1,
  ...over,
});

describe('events as they are written', () => {
  it('names every event as a sentence in the past, in one word', () => {
    for (const type of Object.keys(eventSchemas)) expect(type).toMatch(/^([A-Z][a-z]+)+$/);
  });

  it('refuses to make an event whose data do not fit its schema', () => {
    const about = { id: count, occurredAt: 1, meta };
    const data = {
      count,
      site: 'S1',
      gate: 'G1',
      direction: 'in' as const,
      category: 'individual' as const,
      persons: 0,
    };
    expect(() => newEvent('WalkInsCounted', data, about)).toThrow(/persons/);
    expect(newEvent('WalkInsCounted', { ...data, persons: 1 }, about).schema).toBe(schemaVersionOf('WalkInsCounted'));
  });

  it('accepts no text that the log cannot hold', () => {
    const about = { id: count, occurredAt: 1, meta };
    for (const label of ['Cổng\u0000 1', 'Cổng \ud800']) {
      const data = { device: count, label, site: 'S1', gate: 'G1' };
      expect(() => newEvent('DeviceRegistered', data, about)).toThrow(/NUL/);
    }
  });
});

describe('events as they are read', () => {
  it('lifts people counted before exits were counted to “in”, and leaves the stored event alone', () => {
    const old = stored({ schema: 1, data: walkIns });
    expect(toFairEvent(old)).toEqual(stored({}));
    expect(old.data).toEqual(walkIns);
  });

  it('returns an event of today as it is', () => {
    const event = stored({});
    expect(toFairEvent(event)).toBe(event);
  });

  it('stops at a type or a schema version that a newer node wrote', () => {
    expect(() => toFairEvent(stored({ type: 'BookRained' }))).toThrow(UnknownEventType);
    expect(() => toFairEvent(stored({ schema: 3 }))).toThrow(/position|event 1/);
    expect(isEventType('toString')).toBe(false);
  });
});
