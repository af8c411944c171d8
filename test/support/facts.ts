import fc from 'fast-check';
import { type DataOf, type EventType, type FairEvent, newEvent, toFairEvent } from '../../events/catalogue.ts';
import type { Actor } from '../../events/envelope.ts';
import { FairSettings } from '../../events/fair.ts';
import { evolveFair, type OpenFair, unknownFair } from '../../src/domain/fair.ts';

/** A UUIDv7 that is the same in every run. */
export const idOf = (number: number): string => `019a0000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

export const someIds = fc.integer({ min: 1, max: 2 ** 40 }).map(idOf);

export const fairId = idOf(0xfa);

/** 21 April 2026 at 08:00 in Vietnam, in ms since 1970. */
export const eightOClock = Date.UTC(2026, 3, 21, 1);
export const minute = 60_000;

export const organiser: Actor = { role: 'organiser', id: idOf(0xa1) };

/** A fact as the log would give it back. */
export function fact<Type extends EventType>(
  type: Type,
  data: DataOf<Type>,
  { actor = organiser, occurredAt = eightOClock }: { actor?: Actor; occurredAt?: number } = {},
): FairEvent {
  const meta = { fair: fairId, actor, digest: 'a'.repeat(43), correlation: 'test' };
  const event = newEvent(type, data, { id: idOf(1), occurredAt, meta });
  return toFairEvent({ ...event, stream: 'test', version: 1, position: 1, recordedAt: occurredAt });
}

export const settings = FairSettings.parse({
  name: { vi: 'Ngày Sách Bắc Ninh' },
  province: '24',
  days: ['2026-04-21', '2026-04-22', '2026-04-23'],
  sites: [{ code: 'A', name: 'Quảng trường' }],
  gates: [{ code: 'G1', name: 'Cổng chính', site: 'A', exits: 'scanned' }],
  visitRules: [{ from: '2026-04-21', rule: { kind: 'per-day' } }],
});

export const fairCreated = { fair: fairId, settings, passKey: 'k'.repeat(43) };

const fairAfter = (...events: readonly FairEvent[]): OpenFair => {
  const fair = [fact('FairCreated', fairCreated), ...events].reduce(evolveFair, unknownFair);
  if (fair.status === 'unknown') throw new Error('the fair is not created');
  return fair;
};

export const runningFair = fairAfter();

/** A fair whose figures were closed at eight o'clock. */
export const closedFair = fairAfter(fact('FiguresClosed', { closing: idOf(0xc1) }));
