import { expect } from 'vitest';
import { contract } from '../contract.ts';

contract('PUT /api/fairs/{fair}/audit-grants/{grant}', {
  may: ['auditor'],
  forbidden: ['organiser', 'owner', 'viewer'],
  good: ({ fair, id, clock }) => ({
    path: `/api/fairs/${fair}/audit-grants/${id()}`,
    body: { expiresAt: clock.now + 86_400_000, reason: 'Đối chiếu doanh thu' },
  }),
  answers: { outcome: 'granted', expiresAt: '2026-04-22T01:00:00.000Z', position: expect.any(Number) },
  other: { reason: 'Kiểm tra' },
  bad: [
    { with: { expiresAt: '2026-04-20T00:00:00Z' }, at: 'body.expiresAt' },
    { with: { expiresAt: '2026-06-20T00:00:00Z' }, at: 'body.expiresAt' },
    { with: { reason: ' ' }, at: 'body.reason' },
  ],
  anotherCaller: { role: 'auditor' },
});
