import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract, readContract } from '../contract.ts';
import { ask, startFair, type TestFair } from '../harness.ts';
import { approved, assigned, plan, planned } from '../some-exhibitor-facts.ts';

let codes = 0;
const badPlan = [
  { with: { site: 'Z' }, at: 'body.site' },
  { with: { site: 'a' }, at: 'body.site' },
  { with: { type: 'tent' }, at: 'body.type' },
  { with: { column: -1 }, at: 'body.column' },
  { with: { row: 1.5 }, at: 'body.row' },
  { with: { width: 0 }, at: 'body.width' },
];

contract('PUT /api/fairs/{fair}/booths/{code}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: ({ fair }) => {
    codes += 1;
    return { path: `/api/fairs/${fair}/booths/P${codes}`, body: plan };
  },
  answers: { outcome: 'planned', position: expect.any(Number) },
  other: { column: 4 },
  bad: badPlan,
});

contract('PUT /api/fairs/{fair}/booths/{code}/changes/{change}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => ({
    path: `/api/fairs/${fair.fair}/booths/${await planned(fair)}/changes/${fair.id()}`,
    body: { state: 'reserved', reason: 'cho đơn vị tài trợ' },
  }),
  answers: { outcome: 'changed' },
  other: { state: 'blocked' },
  bad: [
    { with: { state: 'assigned' }, at: 'body.state' },
    { with: { state: undefined }, at: 'body.state' },
    { with: { reason: '' }, at: 'body.reason' },
    { with: { plan: { ...plan, site: 'Z' } }, at: 'body.plan.site' },
    { with: { plan: { ...plan, height: 51 } }, at: 'body.plan.height' },
  ],
});

contract('PUT /api/fairs/{fair}/booths/{code}/assignments/{assignment}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => ({
    path: `/api/fairs/${fair.fair}/booths/${await planned(fair)}/assignments/${fair.id()}`,
    body: { exhibitor: await approved(fair) },
  }),
  answers: { outcome: 'assigned', booth: expect.any(String), exhibitor: expect.any(String) },
  other: { exhibitor: '019a0000-0000-7000-8000-0000000000ee' },
  bad: [
    { with: { exhibitor: 'Kim Đồng' }, at: 'body.exhibitor' },
    { with: { exhibitor: undefined }, at: 'body.exhibitor' },
  ],
});

contract('PUT /api/fairs/{fair}/booths/{code}/releases/{release}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => {
    const { code, assignment } = await assigned(fair);
    return {
      path: `/api/fairs/${fair.fair}/booths/${code}/releases/${fair.id()}`,
      body: { assignment, reason: 'đổi vị trí' },
    };
  },
  answers: { outcome: 'released' },
  other: { reason: 'rút đăng ký' },
  bad: [
    { with: { assignment: 'A1' }, at: 'body.assignment' },
    { with: { reason: '  ' }, at: 'body.reason' },
  ],
});

readContract('GET /api/fairs/{fair}/booths', {
  may: ['viewer', 'organiser', 'auditor', 'application-link', 'exhibitor', 'till', 'owner'],
  figures: 'running',
  good: async (fair) => {
    await fair.projected();
    return { path: `/api/fairs/${fair.fair}/booths` };
  },
  answers: { position: expect.any(Number), booths: [] },
});

describe('the plan of booths', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair({ figures: 'running' });
  });
  afterAll(() => fair.close());

  test('says where each booth is and whose, with what a release has to name', async () => {
    const [free, { code, assignment }] = [await planned(fair), await assigned(fair)];
    await fair.projected();
    expect((await fair.ask('GET', `/api/fairs/${fair.fair}/booths`, { as: 'viewer' })).body).toMatchObject({
      booths: [
        { booth: free, plan, state: 'available', assignment: null, exhibitor: null },
        { booth: code, plan, state: 'assigned', assignment, exhibitor: { name: 'Kim Đồng' } },
      ],
    });
  });

  test('tells whoever is one exhibitor whose its own booths are, and of the others only that they are taken', async () => {
    const [mine, theirs] = [await assigned(fair), await assigned(fair)];
    await fair.projected();
    const organisers = await fair.ask('GET', `/api/fairs/${fair.fair}/booths`, { as: 'organiser' });
    const Plan = z.object({ booths: z.array(z.object({ booth: z.string(), exhibitor: z.unknown() })) });
    const own = Plan.parse(organisers.body).booths.find(({ booth }) => booth === mine.code)?.exhibitor;
    const taken = { plan: expect.objectContaining(plan), state: 'assigned' };
    const { id: subject } = z.object({ id: z.string() }).parse(own);
    for (const role of ['application-link', 'exhibitor', 'till'] as const) {
      const authorization = `Bearer ${await fair.token(role, { subject })}`;
      const seen = await ask(fair.app, 'GET', `/api/fairs/${fair.fair}/booths`, { headers: { authorization } });
      const booths = expect.arrayContaining([
        { ...taken, booth: mine.code, assignment: mine.assignment, exhibitor: own },
        { ...taken, booth: theirs.code, assignment: null, exhibitor: null },
      ]);
      expect(seen, `for ${role}`).toMatchObject({ status: 200, body: { booths } });
    }
  });
});

describe('a booth', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const put = (path: string, body: unknown) =>
    fair.ask('PUT', `/api/fairs/${fair.fair}/booths/${path}`, { as: 'organiser', body });

  test('that somebody has is refused with the reason, and stays whose it is', async () => {
    const { code } = await assigned(fair);
    const again = await put(`${code}/assignments/${fair.id()}`, { exhibitor: await approved(fair) });
    expect(again).toMatchObject({ status: 200, body: { outcome: 'refused', reason: 'booth-assigned' } });
    const blocked = await put(`${code}/changes/${fair.id()}`, { state: 'blocked' });
    expect(blocked.body).toEqual({ outcome: 'refused', reason: 'booth-assigned' });
  });

  test('is not there before it is planned, and has a code like one', async () => {
    const exhibitor = await approved(fair);
    expect((await put(`Z1/assignments/${fair.id()}`, { exhibitor })).status).toBe(404);
    expect((await put(`Z1/changes/${fair.id()}`, { state: 'blocked' })).status).toBe(404);
    expect((await put(`Z1/releases/${fair.id()}`, { assignment: fair.id(), reason: 'x' })).status).toBe(404);
    expect(await put('gian-1', plan)).toMatchObject({ status: 400, body: { errors: [{ path: 'path.code' }] } });
  });
});
