import { expect } from 'vitest';
import { contract } from '../contract.ts';

contract('PUT /api/fairs/{fair}/corrections/{correction}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: ({ fair, id }) => ({
    path: `/api/fairs/${fair}/corrections/${id()}`,
    body: { gate: 'G1', day: '2026-04-21', category: 'pupil', persons: -12, reason: 'Đếm trùng một đoàn' },
  }),
  answers: { outcome: 'recorded', position: expect.any(Number) },
  other: { persons: -13 },
  bad: [
    { with: { gate: 'G9' }, at: 'body.gate' },
    { with: { site: 'B' }, at: 'body.site' },
    { with: { day: '2026-05-01' }, at: 'body.day' },
    { with: { day: '21/4/2026' }, at: 'body.day' },
    { with: { category: 'adult' }, at: 'body.category' },
    { with: { persons: 0 }, at: 'body.persons' },
    { with: { persons: 1.5 }, at: 'body.persons' },
    { with: { reason: '' }, at: 'body.reason' },
    { with: { occurredAt: 'yesterday' }, at: 'body.occurredAt' },
  ],
});
