import { describe, expect, test, beforeAll, afterAll } from 'vitest';
import { contract } from '../contract.ts';
import { startFair, subjects, type TestFair } from '../harness.ts';

const body = { label: 'Cổng chính, máy 1', gate: 'G1' };
const register = async (fair: TestFair, device = fair.id()): Promise<string> => {
  await fair.ask('PUT', `/api/fairs/${fair.fair}/devices/${device}`, { as: 'organiser', body });
  return device;
};

contract('PUT /api/fairs/{fair}/devices/{device}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: ({ fair, id }) => ({ path: `/api/fairs/${fair}/devices/${id()}`, body }),
  answers: { outcome: 'registered', label: 'Cổng chính, máy 1', site: 'A', gate: 'G1' },
  other: { gate: 'G2' },
  bad: [
    { with: { gate: 'G9' }, at: 'body.gate' },
    { with: { gate: 'cổng 1' }, at: 'body.gate' },
    { with: { label: '' }, at: 'body.label' },
  ],
});

contract('PUT /api/fairs/{fair}/devices/{device}/changes/{change}', {
  may: ['organiser', 'owner', 'device'],
  own: ['device'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => {
    await register(fair, subjects.device);
    return { path: `/api/fairs/${fair.fair}/devices/${subjects.device}/changes/${fair.id()}`, body: { gate: 'G2' } };
  },
  answers: { outcome: 'moved', site: 'A', gate: 'G2' },
  other: { gate: 'G1' },
  bad: [{ with: { gate: 'G9' }, at: 'body.gate' }],
});

contract('PUT /api/fairs/{fair}/devices/{device}/revocation', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => ({
    path: `/api/fairs/${fair.fair}/devices/${await register(fair)}/revocation`,
    body: { reason: 'Mất máy' },
  }),
  answers: { outcome: 'revoked' },
  other: { reason: 'Đổi máy' },
  bad: [{ with: { reason: '' }, at: 'body.reason' }],
});

describe('a device', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  test('that was never registered is not there to be moved or revoked', async () => {
    const path = `/api/fairs/${fair.fair}/devices/${fair.id()}`;
    expect(
      (await fair.ask('PUT', `${path}/changes/${fair.id()}`, { as: 'organiser', body: { gate: 'G2' } })).status,
    ).toBe(404);
    expect((await fair.ask('PUT', `${path}/revocation`, { as: 'organiser', body: { reason: 'Mất' } })).status).toBe(
      404,
    );
  });

  test('that was revoked is not moved any more', async () => {
    const path = `/api/fairs/${fair.fair}/devices/${await register(fair)}`;
    await fair.ask('PUT', `${path}/revocation`, { as: 'organiser', body: { reason: 'Mất máy' } });
    const moved = await fair.ask('PUT', `${path}/changes/${fair.id()}`, { as: 'organiser', body: { gate: 'G2' } });
    expect(moved).toMatchObject({ status: 200, body: { outcome: 'refused', reason: 'revoked' } });
  });
});
