import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../contract.ts';
import { ask, type Asked, startFair, subjects, type TestFair, textIn } from '../harness.ts';
import { applied, approved, handled } from '../some-exhibitor-facts.ts';

contract('PUT /api/fairs/{fair}/tokens/{token}', {
  may: ['organiser', 'owner', 'application-link', 'exhibitor'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair, as) => {
    await approved(fair, subjects.exhibitor);
    return {
      path: `/api/fairs/${fair.fair}/tokens/${fair.id()}`,
      body:
        as === 'organiser' || as === 'owner'
          ? { role: 'viewer', as: 'link' }
          : { role: 'till', as: 'token', exhibitor: subjects.exhibitor },
    };
  },
  answers: { role: expect.stringMatching(/viewer|till/), secret: expect.stringMatching(/^hs[ti]_[\w-]{43}$/) },
  other: { as: 'token' },
  bad: [
    { with: { role: 'king' }, at: 'body.role' },
    { with: { as: 'cookie' }, at: 'body.as' },
    { with: { expiresAt: 'soon' }, at: 'body.expiresAt' },
    { with: { role: 'till', exhibitor: 'nobody' }, at: 'body.exhibitor' },
  ],
});

contract('PUT /api/fairs/{fair}/tokens/{token}/revocation', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async ({ fair, id, ask }) => {
    const path = `/api/fairs/${fair}/tokens/${id()}`;
    await ask('PUT', path, { as: 'organiser', body: { role: 'viewer', as: 'token' } });
    return { path: `${path}/revocation`, body: {} };
  },
  answers: { outcome: 'revoked' },
  other: null,
  bad: [],
  anotherCaller: { role: 'organiser', status: 200 },
});

describe('a token', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const path = () => `/api/fairs/${fair.fair}/tokens/${fair.id()}`;
  const secretIn = (answer: Asked): string => textIn(answer, 'secret');
  const asks = (secret: string) =>
    ask(fair.app, 'PUT', `${path()}/revocation`, { body: {}, headers: { authorization: `Bearer ${secret}` } });

  test('works until it is revoked, and only in its fair', async () => {
    const name = path();
    const secret = secretIn(await fair.ask('PUT', name, { as: 'owner', body: { role: 'organiser', as: 'token' } }));
    expect((await asks(secret)).body).toMatchObject({ type: 'urn:hoi-sach:problem:not-found' });
    await fair.ask('PUT', `${name}/revocation`, { as: 'owner', body: {} });
    expect((await asks(secret)).status).toBe(401);
  });

  test('is not kept: a repeat gets it again, the database does not have it', async () => {
    const name = path();
    const body = { role: 'viewer', as: 'link' };
    const first = await fair.ask('PUT', name, { as: 'organiser', body });
    expect(first.body).toMatchObject({ expiresAt: '2026-04-22T01:00:00.000Z' });
    fair.clock.now += 1000;
    expect(await fair.ask('PUT', name, { as: 'organiser', body })).toMatchObject({ status: 200, body: first.body });
    const { rows } = await fair.database.pool.query<{ row: string }>(
      'select credentials::text as row from credentials',
    );
    expect(rows.filter(({ row }) => row.includes(secretIn(first)))).toEqual([]);
    expect(fair.logged.join('')).not.toContain(secretIn(first));
  });

  test('an organiser lets people look, and makes nobody its equal', async () => {
    const bodies = [
      { role: 'organiser', as: 'token' },
      { role: 'auditor', as: 'token' },
      { role: 'exhibitor', as: 'token', exhibitor: subjects.exhibitor },
    ];
    for (const body of bodies) expect((await fair.ask('PUT', path(), { as: 'organiser', body })).status).toBe(403);
  });

  test('is not for an exhibitor before it was approved, whoever asks, and for good after', async () => {
    const exhibitor = await applied(fair);
    const link = await fair.token('application-link', { subject: exhibitor });
    const [name, body] = [path(), { role: 'exhibitor', as: 'token', exhibitor }];
    const byLink = () => ask(fair.app, 'PUT', name, { body, headers: { authorization: `Bearer ${link}` } });
    expect((await byLink()).status).toBe(403);
    expect((await fair.ask('PUT', path(), { as: 'owner', body: { ...body, role: 'till' } })).status).toBe(403);
    await handled(fair, `/applications/${exhibitor}/reviews/${fair.id()}`, { decision: 'approve' });
    const first = await byLink();
    expect(first.status).toBe(200);
    await handled(fair, `/applications/${exhibitor}/steps/${fair.id()}`, { step: 'withdrawn' });
    expect(await byLink()).toMatchObject({ status: 200, body: first.body });
  });

  test('an applicant gets tokens for itself only', async () => {
    await approved(fair, subjects.exhibitor);
    const own = { role: 'exhibitor', as: 'token', exhibitor: subjects.exhibitor };
    expect((await fair.ask('PUT', path(), { as: 'application-link', body: own })).status).toBe(200);
    const foreign = { ...own, exhibitor: fair.id() };
    expect((await fair.ask('PUT', path(), { as: 'application-link', body: foreign })).status).toBe(403);
    expect((await fair.ask('PUT', path(), { as: 'exhibitor', body: own })).status).toBe(403);
  });
});
