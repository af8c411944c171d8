import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { digestOf } from '../../src/commands/digest.ts';
import { deriveId, keyedStreamOf, streamOf } from '../../src/commands/ids.ts';

const fair = '01900000-0000-7000-8000-000000000001';
const uuidv7 = fc.uuid({ version: 7 });

describe('derived ids', () => {
  it('are UUIDv7 with the time of the id they come from', () => {
    fc.assert(
      fc.property(uuidv7, fc.string(), (id, kind) => {
        const derived = deriveId(fair, kind, id);
        expect(z.uuidv7().safeParse(derived).success).toBe(true);
        expect(derived.slice(0, 13)).toBe(id.slice(0, 13));
      }),
    );
  });

  it('are the same for the same fair, kind and id, and for nothing else', () => {
    const id = '01900000-0000-7000-8000-00000000000a';
    const other = '01900000-0000-7000-8000-000000000002';
    expect(deriveId(fair, 'scan', id)).toBe(deriveId(fair, 'scan', id));
    expect(
      new Set([
        deriveId(fair, 'scan', id),
        deriveId(other, 'scan', id),
        deriveId(fair, 'void', id),
        deriveId(fair, 'scan', other),
      ]).size,
    ).toBe(4);
  });

  it('name streams of different kinds and keys differently', () => {
    const id = '01900000-0000-7000-8000-00000000000a';
    expect(streamOf(fair, 'pass', id)).toMatch(/^pass-01900000-0000-7/);
    expect(keyedStreamOf(fair, 'booth', 'A1', fair)).not.toBe(keyedStreamOf(fair, 'booth', 'A2', fair));
  });
});

describe('the digest of a delivery', () => {
  const actor = { role: 'device', id: 'd1' } as const;

  it('is that of its content, whatever the order of the fields and the time it was sent', () => {
    const first = digestOf(actor, 'scan', { gate: 'G1', persons: 1, sentAt: '2026-04-21T01:00:00Z' });
    expect(digestOf(actor, 'scan', { sentAt: '2026-04-21T02:00:00Z', persons: 1, gate: 'G1' })).toBe(first);
    expect(first).toMatch(/^[\w-]{43}$/);
  });

  it('tells callers, kinds and contents apart', () => {
    const digests = [
      digestOf(actor, 'scan', { gate: 'G1' }),
      digestOf(actor, 'scan', { gate: 'G2' }),
      digestOf(actor, 'walk-in', { gate: 'G1' }),
      digestOf({ role: 'device', id: 'd2' }, 'scan', { gate: 'G1' }),
      digestOf({ role: 'till', id: 'd1' }, 'scan', { gate: 'G1' }),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});
