import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roles } from '../../events/envelope.ts';
import { type Asked, startFair, type TestFair } from './harness.ts';

type Body = Readonly<Record<string, unknown>>;
export type Good = { readonly path: string; readonly body: Body; readonly headers?: Record<string, string> };

/** What a write promises, whatever it writes. */
export type WriteContract = {
  /** Who may, as the role table says; the first one makes the requests of the other tests. */
  readonly may: readonly Role[];
  /** Who is told “you may not” (403); everybody else who may not is told that there is nothing (404). */
  readonly forbidden: readonly Role[];
  /** A good request with ids that were not used before. What must be there first is put there. */
  readonly good: (fair: TestFair, as: Role) => Good | Promise<Good>;
  /** What a good answer holds. */
  readonly answers: object;
  /** Fields that make the body say something else, as valid as before; `null` for a body that has nothing to vary. */
  readonly other: Body | null;
  /** Fields that spoil it, and where the answer must say so. */
  readonly bad: readonly { readonly with: Body; readonly at: string }[];
  /** Who is refused the same id with the same body; another organiser unless told. */
  readonly anotherCaller?: { readonly role: Role; readonly subject?: string; readonly status?: 200 | 404 | 422 };
  /** A bound role whose own id is in the path, so that another one of its kind finds nothing. */
  readonly own?: readonly Role[];
  readonly bodyBytesMax?: number;
};

const stranger = '019a0000-0000-7000-8000-0000000000ff';

/** The contract test of a write: `PUT /api/fairs/{fair}/walk-ins/{count}` and the like. */
export function contract(route: string, about: WriteContract): void {
  const [method = ''] = route.split(' ');
  const [as = 'public'] = about.may;

  describe(`contract of ${route}`, () => {
    let fair: TestFair;
    beforeAll(async () => {
      fair = await startFair();
    });
    afterAll(() => fair.close());

    const send = (good: Good, how: { as?: Role; token?: string; body?: unknown } = {}): Promise<Asked> =>
      fair.ask(method, good.path, {
        as: how.token === undefined ? (how.as ?? as) : 'public',
        body: how.body ?? good.body,
        headers: { ...good.headers, ...(how.token === undefined ? {} : { authorization: `Bearer ${how.token}` }) },
      });

    const changesNothing = async (request: () => Promise<Asked>): Promise<Asked> => {
      const before = await fair.ports.store.head();
      const answer = await request();
      expect(await fair.ports.store.head(), 'events in the log').toBe(before);
      return answer;
    };

    test.for(about.may)('%s may', async (role) => {
      const answer = await send(await about.good(fair, role), { as: role });
      expect(answer).toMatchObject({ status: 200, body: about.answers });
    });

    test('sent twice, it is written once and answered alike', async () => {
      const good = await about.good(fair, as);
      const first = await send(good);
      expect(first.status).toBe(200);
      const second = await changesNothing(() => send(good));
      expect(second).toMatchObject({ status: 200, body: first.body });
    });

    test.for(about.other ? [about.other] : [])('the same id with other content is refused', async (other) => {
      const good = await about.good(fair, as);
      await send(good);
      const answer = await changesNothing(() => send(good, { body: { ...good.body, ...other } }));
      expect(answer).toMatchObject({ status: 422, body: { type: 'urn:hoi-sach:problem:id-already-used' } });
    });

    test('the same id by another caller is refused', async () => {
      const { role, subject = stranger, status = 422 } = about.anotherCaller ?? { role: 'organiser' };
      const good = await about.good(fair, as);
      await send(good);
      const token = await fair.token(role, { subject });
      const answer = await changesNothing(() => send(good, { token }));
      expect(answer.status).toBe(status);
    });

    test.for(about.bad)('400 at $at', async ({ with: fields, at }) => {
      const good = await about.good(fair, as);
      const answer = await changesNothing(() => send(good, { body: { ...good.body, ...fields } }));
      expect(answer).toMatchObject({
        status: 400,
        body: { errors: expect.arrayContaining([{ path: at, message: expect.any(String) }]) },
      });
    });

    test('a field that is no field is named', async () => {
      const good = await about.good(fair, as);
      const answer = await changesNothing(() => send(good, { body: { ...good.body, surprise: 1 } }));
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'body.surprise' }] } });
    });

    test('what is not JSON is refused', async () => {
      const good = await about.good(fair, as);
      expect(await changesNothing(() => send(good, { body: '{"half":' }))).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'body' }] },
      });
      const plain = { ...good, headers: { ...good.headers, 'content-type': 'text/plain' } };
      expect((await changesNothing(() => send(plain))).status).toBe(415);
    });

    test('too much is refused', async () => {
      const good = await about.good(fair, as);
      const body = { filler: 'x'.repeat(about.bodyBytesMax ?? 256 * 1024) };
      expect((await changesNothing(() => send(good, { body }))).status).toBe(413);
    });

    turnsAway(route, about, {
      fair: () => fair,
      request: async (how) => {
        const good = await about.good(fair, how.as ?? as);
        return changesNothing(() => send({ ...good, path: how.path?.(good.path) ?? good.path }, how));
      },
    });
  });
}

/** Whoever may not read something is told that it is not there: 404, unless it is `forbidden` for now. */
export type ReadContract = Pick<WriteContract, 'may' | 'own'> & {
  readonly forbidden?: WriteContract['forbidden'];
  readonly good: (fair: TestFair, as: Role) => { readonly path: string } | Promise<{ readonly path: string }>;
  readonly answers: object;
  /** Figures are counted meanwhile. */
  readonly figures?: 'running';
  /** Queries that are wrong, and where the answer must say so. */
  readonly bad?: readonly { readonly query: string; readonly at: string }[];
};

/** The contract test of a read. */
export function readContract(route: string, about: ReadContract): void {
  const [as = 'public'] = about.may;

  describe(`contract of ${route}`, () => {
    let fair: TestFair;
    beforeAll(async () => {
      fair = await startFair(about.figures === undefined ? {} : { figures: about.figures });
    });
    afterAll(() => fair.close());

    const read = (path: string, how: { as?: Role; token?: string }): Promise<Asked> =>
      fair.ask('GET', path, {
        as: how.token === undefined ? (how.as ?? as) : 'public',
        headers: how.token === undefined ? {} : { authorization: `Bearer ${how.token}` },
      });

    test.for(about.may)('%s may', async (role) => {
      const { path } = await about.good(fair, role);
      expect(await read(path, { as: role })).toMatchObject({ status: 200, body: about.answers });
    });

    test.for(about.bad ?? [])('400 at $at', async ({ query, at }) => {
      const { path } = await about.good(fair, as);
      const answer = await read(`${path}?${query}`, {});
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: at }] } });
    });

    turnsAway(
      route,
      { ...about, forbidden: about.forbidden ?? [] },
      {
        fair: () => fair,
        request: async (how) => {
          const { path } = await about.good(fair, how.as ?? as);
          return read(how.path?.(path) ?? path, how);
        },
      },
    );
  });
}

type Turned = { as?: Role; token?: string; path?: (good: string) => string };

/** Nobody, the wrong role, another fair's token, another one of its kind, a fair that does not exist. */
function turnsAway(
  route: string,
  { may, forbidden, own = [] }: Pick<WriteContract, 'may' | 'forbidden' | 'own'>,
  { fair, request }: { fair: () => TestFair; request: (how: Turned) => Promise<Asked> },
): void {
  const inFair = route.includes('{fair}');
  const [as = 'public'] = may;
  const isPublic = may.includes('public');
  const others = roles.filter(
    (role) =>
      role !== 'public' && role !== 'system' && !may.includes(role) && !(role === 'owner' && may.includes('organiser')),
  );

  test.for(isPublic ? [] : [401])('%i without a token, and with one that is none', async (status) => {
    expect((await request({ as: 'public' })).status).toBe(status);
    expect((await request({ token: 'hst_made-up' })).status).toBe(status);
  });

  test.for(isPublic ? [] : others)('%s may not', async (role) => {
    expect((await request({ as: role })).status).toBe(forbidden.includes(role) ? 403 : 404);
  });

  test.for(inFair ? [404] : [])("%i with another fair's token", async (status) => {
    const role = as === 'public' || as === 'owner' ? 'organiser' : as;
    const token = await fair().token(role, { fair: fair().otherFair });
    expect((await request({ token })).status).toBe(status);
  });

  test.for(own)('404 for another %s', async (role) => {
    const token = await fair().token(role, { subject: stranger });
    expect((await request({ as: role, token })).status).toBe(404);
  });

  const anyFair = isPublic ? ['public' as const] : may.includes('organiser') ? ['owner' as const] : [];

  test.for(inFair ? anyFair : [])('404 for %s in a fair that does not exist', async (role) => {
    const answer = await request({ as: role, path: (good) => good.replace(fair().fair, fair().id()) });
    expect(answer.status).toBe(404);
  });

  test.for(inFair ? anyFair : [])('400 for %s with an id that is no UUIDv7', async (role) => {
    const answer = await request({ as: role, path: (good) => good.replace(fair().fair, 'bac-ninh') });
    const named = expect.objectContaining({ path: 'path.fair' });
    expect(answer).toMatchObject({ status: 400, body: { errors: expect.arrayContaining([named]) } });
  });
}
