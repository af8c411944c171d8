import { expect } from 'vitest';
import { contract } from '../contract.ts';

contract('PUT /api/fairs/{fair}/walk-ins/{count}', {
  may: ['device', 'organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: ({ fair, id, clock }) => ({
    path: `/api/fairs/${fair}/walk-ins/${id()}`,
    body: { gate: 'G1', persons: 5, occurredAt: clock.now, sentAt: clock.now },
  }),
  answers: {
    outcome: 'counted',
    gate: 'G1',
    persons: 5,
    occurredAt: '2026-04-21T01:00:00.000Z',
    position: expect.any(Number),
  },
  other: { persons: 10 },
  bad: [
    { with: { gate: 'G9' }, at: 'body.gate' },
    { with: { persons: 0 }, at: 'body.persons' },
    { with: { direction: 'up' }, at: 'body.direction' },
    { with: { category: 'adult' }, at: 'body.category' },
    { with: { occurredAt: '2026-04-21 08:00' }, at: 'body.occurredAt' },
    { with: { occurredAt: '2026-04-21T10:00:00+07:00' }, at: 'body.occurredAt' },
    { with: { occurredAt: '2026-04-01T10:00:00+07:00' }, at: 'body.occurredAt' },
    { with: { sentAt: 'now' }, at: 'body.sentAt' },
  ],
});
