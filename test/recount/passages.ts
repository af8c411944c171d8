import type { FairEvent } from '../../events/catalogue.ts';
import { dayOf, ofType, timeOf, unvoided } from './facts.ts';
import { personsOf, scansThatCount } from './gates.ts';

/** Somebody who came in or went out, as far as it counts. */
export type Passage = {
  readonly id: string;
  readonly isScan: boolean;
  readonly pass: string | null;
  readonly occurredAt: number;
  readonly lateMs: number;
  readonly day: string;
  /** Whole minutes since local midnight. */
  readonly minute: number;
  readonly direction: 'in' | 'out';
  readonly site: string;
  readonly gate: string;
  readonly category: string;
  readonly source: string;
  readonly persons: number;
};

export function passagesOf(facts: readonly FairEvent[]): Passage[] {
  const scans = scansThatCount(facts).map((event) => ({
    ...timesOf(event),
    ...event.data,
    id: event.data.scan,
    persons: personsOf(event),
    isScan: true,
    direction: event.type === 'VisitorCheckedIn' ? ('in' as const) : ('out' as const),
  }));
  const counts = unvoided(facts, ofType(facts, 'WalkInsCounted'), ({ data }) => ({ kind: 'walk-in', id: data.count }));
  const arrivals = unvoided(facts, ofType(facts, 'GroupArrived'), ({ data }) => ({
    kind: 'arrival',
    id: data.arrival,
  }));
  const nobody = { isScan: false, pass: null };
  return [
    ...scans,
    ...counts.map((event) => ({
      ...timesOf(event),
      ...event.data,
      ...nobody,
      id: event.data.count,
      source: 'walk-in',
    })),
    ...arrivals.map((event) => ({
      ...timesOf(event),
      ...event.data,
      ...nobody,
      id: event.data.arrival,
      direction: 'in' as const,
      category: 'pupil',
      source: 'group',
    })),
  ];
}

function timesOf({ occurredAt, recordedAt }: FairEvent) {
  const [hours = 0, minutes = 0] = timeOf(occurredAt).split(':').map(Number);
  return { occurredAt, lateMs: recordedAt - occurredAt, day: dayOf(occurredAt), minute: hours * 60 + minutes };
}
