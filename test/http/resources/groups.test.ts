import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../contract.ts';
import { ask, startFair, subjects, type TestFair, textIn } from '../harness.ts';
import { repeatKey } from '../some-exhibitor-facts.ts';

const leader = {
  name: 'Nguyễn Thị Bích Ngọc',
  phone: '0912345678',
  consents: [{ purpose: 'group-visit', version: 'v1' }],
};
const details = {
  school: 'THCS Suối Hoa',
  level: 'lower-secondary',
  classes: 2,
  persons: 80,
  day: '2026-04-21',
  site: 'A',
  slot: '08:30',
};
const badDetails = [
  { with: { school: '' }, at: 'body.school' },
  { with: { level: 'college' }, at: 'body.level' },
  { with: { persons: 0 }, at: 'body.persons' },
  { with: { classes: -1 }, at: 'body.classes' },
  { with: { day: '2026-04-30' }, at: 'body.day' },
  { with: { site: 'B' }, at: 'body.site' },
  { with: { slot: '8h30' }, at: 'body.slot' },
];

const register = async (fair: TestFair, group = fair.id()): Promise<string> => {
  await fair.ask('PUT', `/api/fairs/${fair.fair}/groups/${group}`, { body: { ...details, repeatKey } });
  return group;
};

contract('PUT /api/fairs/{fair}/groups/{group}', {
  may: ['public', 'organiser', 'device'],
  forbidden: [],
  good: ({ fair, id }) => ({ path: `/api/fairs/${fair}/groups/${id()}`, body: { ...details, leader, repeatKey } }),
  answers: {
    outcome: 'registered',
    secret: expect.stringMatching(/^hsl_/),
    link: expect.stringContaining('/sign-in#hsl_'),
  },
  other: { persons: 81 },
  bad: [
    ...badDetails,
    { with: { leader: { ...leader, phone: '123' } }, at: 'body.leader.phone' },
    { with: { leader: { ...leader, consents: [] } }, at: 'body.leader.consents' },
    { with: { repeatKey: 'short' }, at: 'body.repeatKey' },
  ],
});

contract('PUT /api/fairs/{fair}/groups/{group}/changes/{change}', {
  may: ['group-link', 'organiser', 'owner'],
  own: ['group-link'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => ({
    path: `/api/fairs/${fair.fair}/groups/${await register(fair, subjects.group)}/changes/${fair.id()}`,
    body: { ...details, persons: 75 },
  }),
  answers: { outcome: 'changed' },
  other: { persons: 74 },
  bad: badDetails,
});

contract('PUT /api/fairs/{fair}/groups/{group}/arrivals/{arrival}', {
  may: ['device', 'organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => ({
    path: `/api/fairs/${fair.fair}/groups/${await register(fair)}/arrivals/${fair.id()}`,
    body: { gate: 'G1', persons: 77, occurredAt: fair.clock.now, sentAt: fair.clock.now },
  }),
  answers: { outcome: 'arrived', gate: 'G1', persons: 77, occurredAt: '2026-04-21T01:00:00.000Z' },
  other: { persons: 78 },
  bad: [
    { with: { gate: 'G9' }, at: 'body.gate' },
    { with: { persons: 0 }, at: 'body.persons' },
    { with: { occurredAt: '2026-04-21T09:00:00+07:00' }, at: 'body.occurredAt' },
    { with: { occurredAt: '2026-04-01T09:00:00+07:00' }, at: 'body.occurredAt' },
  ],
});

describe('a group', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  test('keeps its leader in the vault and nowhere else', async () => {
    const group = fair.id();
    await fair.ask('PUT', `/api/fairs/${fair.fair}/groups/${group}`, { body: { ...details, leader, repeatKey } });
    const [event] = await fair.ports.store.readAt([await fair.ports.store.head()]);
    expect(event).toMatchObject({ type: 'GroupRegistered', data: { group, leader: expect.any(String) } });
    expect(JSON.stringify(event)).not.toMatch(/Ngọc|912345678/);
    expect(fair.logged.join('')).not.toMatch(/Ngọc|912345678/);
    const reference = event?.type === 'GroupRegistered' ? JSON.stringify(event.data) : '';
    const [, leaderReference = ''] = /"leader":"([\w-]+)"/.exec(reference) ?? [];
    expect(await fair.ports.vault.get(fair.fair, leaderReference)).toMatchObject({ phone: '+84912345678' });
  });

  test('whose leader is another one is not the same registration', async () => {
    const path = `/api/fairs/${fair.fair}/groups/${fair.id()}`;
    await fair.ask('PUT', path, { body: { ...details, leader, repeatKey } });
    expect(
      (await fair.ask('PUT', path, { body: { ...details, leader: { ...leader, phone: '0387654321' }, repeatKey } }))
        .status,
    ).toBe(422);
    expect((await fair.ask('PUT', path, { body: { ...details, repeatKey } })).status).toBe(422);
  });

  test('gives its link to whoever registered it, and to nobody who repeats what was said', async () => {
    const path = `/api/fairs/${fair.fair}/groups/${fair.id()}`;
    const body = { ...details, leader };
    const first = await fair.ask('PUT', path, { body: { ...body, repeatKey } });
    expect(await fair.ask('PUT', path, { body: { ...body, repeatKey } })).toMatchObject({ body: first.body });
    const other = { ...body, repeatKey: 'another-key-made-by-chance' };
    expect((await fair.ask('PUT', path, { body: other })).status).toBe(422);
    expect(await fair.ask('PUT', path, { body })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.repeatKey' }] },
    });
    const written = await fair.ask('PUT', path.replace(/[^/]+$/, fair.id()), { as: 'organiser', body });
    expect(written).toMatchObject({ status: 200, body: { outcome: 'registered' } });
    expect(written.body).not.toHaveProperty('secret');
  });

  test('is changed by its own link', async () => {
    const group = fair.id();
    const path = `/api/fairs/${fair.fair}/groups/${group}`;
    const secret = textIn(await fair.ask('PUT', path, { body: { ...details, leader, repeatKey } }), 'secret');
    const headers = { authorization: `Bearer ${secret}` };
    const body = { ...details, persons: 60 };
    expect((await ask(fair.app, 'PUT', `${path}/changes/${fair.id()}`, { body, headers })).body).toMatchObject({
      outcome: 'changed',
    });
  });

  test('that was never registered has no arrivals and no changes', async () => {
    const path = `/api/fairs/${fair.fair}/groups/${fair.id()}`;
    const body = { gate: 'G1', persons: 40, occurredAt: fair.clock.now };
    expect((await fair.ask('PUT', `${path}/arrivals/${fair.id()}`, { as: 'device', body })).status).toBe(404);
    expect((await fair.ask('PUT', `${path}/changes/${fair.id()}`, { as: 'organiser', body: details })).status).toBe(
      404,
    );
  });

  test('after closing neither registers nor arrives', async () => {
    const group = await register(fair);
    await fair.ask('PUT', `/api/fairs/${fair.fair}/closings/${fair.id()}`, { as: 'organiser', body: {} });
    fair.clock.now += 1000;
    const closed = { outcome: 'refused', reason: 'fair-closed' };
    const path = `/api/fairs/${fair.fair}/groups/${group}`;
    const body = { gate: 'G1', persons: 40, occurredAt: fair.clock.now };
    expect((await fair.ask('PUT', `${path}/arrivals/${fair.id()}`, { as: 'device', body })).body).toEqual(closed);
    expect(
      (await fair.ask('PUT', `/api/fairs/${fair.fair}/groups/${fair.id()}`, { body: { ...details, repeatKey } })).body,
    ).toEqual(closed);
  });
});
