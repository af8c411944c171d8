import * as fc from 'fast-check';
import type { DataOf, EventType } from '../../../events/catalogue.ts';
import type { Actor } from '../../../events/envelope.ts';

export const fair = id(0xfa);
export const days = ['2026-04-21', '2026-04-22', '2026-04-23'];
export const gates = ['G1', 'G2', 'G3'];
const siteOf = { G1: 'A', G2: 'A', G3: 'B' } as const;
export const midnight = Date.parse('2026-04-21T00:00:00+07:00');
export const exhibitorsMax = 4;

/** A UUIDv7 that is the same in every run. */
function id(number: number): string {
  return `019a0000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

const kinds = { pass: 1, group: 2, exhibitor: 3, fact: 4, void: 5, upload: 6, other: 7 } as const;
export const named = (kind: keyof typeof kinds, number: number): string => id(kinds[kind] * 2 ** 32 + number);

const people: readonly Actor[] = [
  { role: 'organiser', id: 'org' },
  { role: 'device', id: 'device-1' },
  { role: 'device', id: 'device-2' },
  { role: 'exhibitor', id: 'ex' },
];

/** Few passes, few minutes, much happening: facts of one pass meet each other all the time. */
export const moment = fc
  .record({
    day: fc.nat(2),
    minute: fc.constantFrom(420, 425, 430, 431, 500, 700, 701, 1200, 1320, 1400),
    second: fc.constantFrom(0, 0, 10, 29, 30, 59),
  })
  .map(({ day, minute, second }) => midnight + day * 86_400_000 + minute * 60_000 + second * 1000);
export const actor = fc.constantFrom(...people);
const gate = fc.constantFrom('G1' as const, 'G2' as const, 'G3' as const);
export const place = gate.map((code) => ({ gate: code, site: siteOf[code] }));
export const delay = fc.constantFrom(0, 1000, 299_999, 300_000, 300_001, 3_600_000);

/** What is to be written, and into which stream. */
export type Made = { readonly stream: string; readonly type: EventType; readonly data: unknown };
/** A fact whose id comes from its place in the history. */
export type Fact = {
  readonly make: (number: number) => Made;
  readonly occurredAt: number;
  readonly actor: Actor;
  readonly delay: number;
};

export const made = <Type extends EventType>(stream: string, type: Type, data: DataOf<Type>): Made => ({
  stream,
  type,
  data,
});
