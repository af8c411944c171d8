import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract, readContract } from '../contract.ts';
import { startFair, subjects, type TestFair } from '../harness.ts';
import { applied } from '../some-exhibitor-facts.ts';

const line = {
  line: 1,
  name: 'Dế Mèn phiêu lưu ký',
  author: 'Tô Hoài',
  gtin: '978-604-1-23456-7',
  listPrice: '45.000',
  copies: '1.200',
};
const other = { line: 2, name: 'Truyện Kiều', copies: 300 };
const at = ({ fair }: TestFair, more = '') =>
  `/api/fairs/${fair}/exhibitors/${subjects.exhibitor}/catalogue-uploads${more}`;
const bad = (fields: object, field: string) => ({
  with: { lines: [line, { ...other, ...fields }] },
  at: `body.lines[1].${field}`,
});

contract('PUT /api/fairs/{fair}/exhibitors/{exhibitor}/catalogue-uploads/{upload}/chunks/{chunk}', {
  may: ['exhibitor', 'till', 'organiser', 'owner'],
  own: ['exhibitor', 'till'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => {
    await applied(fair, subjects.exhibitor);
    return { path: at(fair, `/${fair.id()}/chunks/1`), body: { lines: [line, other] } };
  },
  answers: { outcome: 'recorded', lines: 2, copies: 1500, position: expect.any(Number) },
  other: { lines: [line] },
  bad: [
    { with: { lines: [] }, at: 'body.lines' },
    { with: { lines: Array.from({ length: 201 }, (_, index) => ({ ...other, line: index + 1 })) }, at: 'body.lines' },
    bad({ line: 1 }, 'line'),
    bad({ line: 0 }, 'line'),
    bad({ name: '' }, 'name'),
    bad({ gtin: '9786041234560' }, 'gtin'),
    bad({ copies: '1.5' }, 'copies'),
    bad({ copies: -1 }, 'copies'),
    bad({ listPrice: '45,5' }, 'listPrice'),
    bad({ year: 3000 }, 'year'),
    bad({ language: 'Vietnamese' }, 'language'),
    bad({ origin: 'moon' }, 'origin'),
    bad({ price: 1 }, 'price'),
  ],
});

contract('PUT /api/fairs/{fair}/exhibitors/{exhibitor}/catalogue-uploads/{upload}', {
  may: ['exhibitor', 'till', 'organiser', 'owner'],
  own: ['exhibitor', 'till'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair, as) => {
    await applied(fair, subjects.exhibitor);
    const path = at(fair, `/${fair.id()}`);
    await fair.ask('PUT', `${path}/chunks/1`, { as, body: { lines: [line, other] } });
    return { path, body: { chunks: 1, lines: 2, copies: '1.500' } };
  },
  answers: { outcome: 'complete', lines: 2, copies: 1500 },
  other: { copies: 1501 },
  bad: [
    { with: { chunks: 501 }, at: 'body.chunks' },
    { with: { lines: -1 }, at: 'body.lines' },
    { with: { copies: 'many' }, at: 'body.copies' },
  ],
});

readContract('GET /api/fairs/{fair}/exhibitors/{exhibitor}/catalogue-uploads', {
  may: ['exhibitor', 'till', 'organiser', 'owner'],
  own: ['exhibitor', 'till'],
  good: async (fair) => {
    await applied(fair, subjects.exhibitor);
    return { path: at(fair) };
  },
  answers: { uploads: [] },
});

describe('a catalogue', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
    await applied(fair, subjects.exhibitor);
  });
  afterAll(() => fair.close());

  const put = (path: string, body: unknown) => fair.ask('PUT', at(fair, path), { as: 'exhibitor', body });

  test('says of a wrong number what would be right, line by line', async () => {
    const wrong = [{ ...line, gtin: '9786041234560' }, other, { ...other, line: 3, gtin: '0306406153' }];
    expect(await put(`/${fair.id()}/chunks/1`, { lines: wrong })).toMatchObject({
      status: 400,
      body: {
        errors: [
          { path: 'body.lines[0].gtin', message: expect.stringContaining('9786041234567 would be right') },
          { path: 'body.lines[2].gtin', message: expect.stringContaining('0306406152 would be right') },
        ],
      },
    });
  });

  test('is written with 13 digits and whole numbers, whatever was typed', async () => {
    await put(`/${fair.id()}/chunks/1`, { lines: [line, { ...other, gtin: '0-306-40615-2' }] });
    const [event] = await fair.ports.store.readAt([await fair.ports.store.head()]);
    expect(event?.data).toMatchObject({
      lines: [
        { gtin: '9786041234567', listPrice: 45_000, copies: 1200 },
        { gtin: '9780306406157', copies: 300 },
      ],
    });
  });

  test('is complete only with all its chunks, and says which are missing', async () => {
    const upload = fair.id();
    await put(`/${upload}/chunks/2`, { lines: [other] });
    const totals = { chunks: 3, lines: 3, copies: 1800 };
    expect((await put(`/${upload}`, totals)).body).toEqual({
      outcome: 'refused',
      reason: 'chunks-missing',
      missing: [1, 3],
    });
    await put(`/${upload}/chunks/3`, { lines: [{ ...other, line: 3 }] });
    await put(`/${upload}/chunks/1`, { lines: [line] });
    expect((await put(`/${upload}`, totals)).body).toMatchObject({ outcome: 'complete' });
    expect((await fair.ask('GET', at(fair), { as: 'till' })).body).toEqual({
      uploads: [{ upload, completedAt: '2026-04-21T01:00:00.000Z', chunks: 3, lines: 3, copies: 1800, counts: true }],
    });
  });

  test('has chunks from 1 to 500', async () => {
    for (const chunk of ['0', '501', 'x', '01'])
      expect(await put(`/${fair.id()}/chunks/${chunk}`, { lines: [line] })).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'path.chunk' }] },
      });
    expect((await put(`/${fair.id()}/chunks/500`, { lines: [line] })).status).toBe(200);
  });

  test('may not be larger in the log than an event may be', async () => {
    const long = { ...other, name: 'ế'.repeat(300), author: 'ễ'.repeat(200), publisher: 'ữ'.repeat(200) };
    const lines = Array.from({ length: 60 }, (_, index) => ({ ...long, line: index + 1 }));
    expect(await put(`/${fair.id()}/chunks/1`, { lines })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.lines' }] },
    });
  });

  test('is of nobody who never applied', async () => {
    const nobody = at(fair).replace(subjects.exhibitor, fair.id());
    expect((await fair.ask('GET', nobody, { as: 'organiser' })).status).toBe(404);
    const chunk = await fair.ask('PUT', `${nobody}/${fair.id()}/chunks/1`, {
      as: 'organiser',
      body: { lines: [line] },
    });
    expect(chunk.status).toBe(404);
  });
});
