import type { Fact } from '../../src/contract/facts.ts';

export const facts: readonly Fact[] = Array.from({ length: 12 }, (_, at) => ({
  position: 18_204 - at,
  id: `0196390e-1c00-7000-8000-0000000001${String(at).padStart(2, '0')}`,
  type: at % 4 === 1 ? 'GroupArrived' : at % 4 === 2 ? 'WalkInsCounted' : 'VisitorCheckedIn',
  stream: 'pass-0196390e-1c00-7000-8000-0000000000aa',
  occurredAt: `2022-04-19T02:${String(31 - at).padStart(2, '0')}:07.412Z`,
  recordedAt: at === 3 ? '2022-04-19T02:31:09.000Z' : `2022-04-19T02:${String(31 - at).padStart(2, '0')}:07.790Z`,
  actor: { role: 'device', id: '0196390e-1c00-7000-8000-0000000000d1' },
  data:
    at % 4 === 1
      ? { group: 'g', arrival: 'a', site: 'A', gate: 'A3', persons: 42 }
      : { site: 'A', gate: 'A1', category: 'family', persons: 4, partySize: 4, outcome: 'admitted', source: 'pass' },
}));

/** Two that no projection could take in. */
export const parkedFacts: readonly Fact[] = facts.slice(1, 3).map((fact) => ({
  ...fact,
  parked: {
    since: '2022-04-19T02:31:12.000Z',
    errors: [
      { projection: 'attendance', error: "Cannot read properties of undefined (reading 'persons')" },
      { projection: 'books', error: 'value 9223372036854775808 is out of range for type bigint' },
    ],
  },
}));
