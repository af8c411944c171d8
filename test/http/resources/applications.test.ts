import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract, readContract } from '../contract.ts';
import { ask, startFair, subjects, type TestFair, textIn } from '../harness.ts';
import { applied, approved, contact, form, handled, repeatKey } from '../some-exhibitor-facts.ts';

const badForm = [
  { with: { form: { ...form, name: '' } }, at: 'body.form.name' },
  { with: { form: { ...form, kind: 'bakery' } }, at: 'body.form.kind' },
  { with: { form: { ...form, taxCode: '012345678901' } }, at: 'body.form.taxCode' },
  { with: { form: { ...form, province: 'Hà Nội' } }, at: 'body.form.province' },
  { with: { form: { ...form, boothsWanted: 0 } }, at: 'body.form.boothsWanted' },
  { with: { form: { ...form, powerWatts: -1 } }, at: 'body.form.powerWatts' },
  { with: { form: { ...form, commitments: {} } }, at: 'body.form.commitments.version' },
  { with: { form: { ...form, phone: '0987654321' } }, at: 'body.form.phone' },
  { with: { contact: { ...contact, phone: '0123' } }, at: 'body.contact.phone' },
  { with: { contact: { ...contact, email: 'nhung' } }, at: 'body.contact.email' },
  { with: { contact: { ...contact, citizenNumber: '123' } }, at: 'body.contact.citizenNumber' },
];

contract('PUT /api/fairs/{fair}/applications/{application}', {
  may: ['public', 'application-link', 'viewer'],
  forbidden: [],
  good: ({ fair, id }) => ({ path: `/api/fairs/${fair}/applications/${id()}`, body: { form, contact, repeatKey } }),
  answers: {
    outcome: 'recorded',
    status: 'submitted',
    secret: expect.stringMatching(/^hsl_/),
    link: expect.stringContaining('/sign-in#hsl_'),
    position: expect.any(Number),
  },
  other: { form: { ...form, staff: 4 } },
  bad: [
    ...badForm,
    { with: { contact: undefined }, at: 'body.contact' },
    { with: { as: 'approved' }, at: 'body.as' },
    { with: { repeatKey: 'short' }, at: 'body.repeatKey' },
  ],
});

contract('PUT /api/fairs/{fair}/applications/{application}/reviews/{review}', {
  may: ['organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => ({
    path: `/api/fairs/${fair.fair}/applications/${await applied(fair)}/reviews/${fair.id()}`,
    body: { decision: 'decline', reason: 'ngoài phạm vi hội sách' },
  }),
  answers: { outcome: 'recorded', status: 'declined' },
  other: { decision: 'waitlist' },
  bad: [
    { with: { decision: 'maybe' }, at: 'body.decision' },
    { with: { reason: undefined }, at: 'body.reason' },
    { with: { reason: 'x'.repeat(301) }, at: 'body.reason' },
  ],
});

contract('PUT /api/fairs/{fair}/applications/{application}/steps/{step}', {
  may: ['application-link', 'exhibitor', 'organiser', 'owner'],
  own: ['application-link', 'exhibitor'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => {
    await handled(fair, `/applications/${subjects.exhibitor}`, { as: 'draft', form, repeatKey }, 'public');
    const path = `/api/fairs/${fair.fair}/applications/${subjects.exhibitor}/steps/${fair.id()}`;
    return { path, body: { step: 'drafted', form, contact } };
  },
  answers: { outcome: 'recorded', status: 'draft' },
  other: { form: { ...form, staff: 5 } },
  bad: [...badForm, { with: { step: 'approved' }, at: 'body.step' }],
  anotherCaller: { role: 'exhibitor', subject: subjects.exhibitor },
});

readContract('GET /api/fairs/{fair}/applications/{application}', {
  may: ['application-link', 'exhibitor', 'till', 'organiser', 'owner'],
  own: ['application-link', 'exhibitor', 'till'],
  good: async (fair) => ({ path: `/api/fairs/${fair.fair}/applications/${await applied(fair, subjects.exhibitor)}` }),
  answers: {
    status: 'submitted',
    form: { name: form.name },
    booths: [],
    way: [{ what: 'submitted', at: '2026-04-21T01:00:00.000Z' }],
  },
});

readContract('GET /api/fairs/{fair}/applications', {
  may: ['organiser', 'owner'],
  figures: 'running',
  good: async (fair) => {
    await applied(fair, subjects.exhibitor);
    await fair.projected();
    return { path: `/api/fairs/${fair.fair}/applications` };
  },
  answers: {
    position: expect.any(Number),
    applications: [{ application: subjects.exhibitor, status: 'submitted', form: { name: form.name }, booths: [] }],
    next: null,
  },
  bad: [
    { query: 'status=lost', at: 'query.status' },
    { query: 'from=-1', at: 'query.from' },
    { query: 'limit=0', at: 'query.limit' },
    { query: 'limit=201', at: 'query.limit' },
  ],
});

describe('the queue of applications', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair({ figures: 'running' });
  });
  afterAll(() => fair.close());

  test('is worked through page by page, by what is asked of each, and names nobody', async () => {
    const [first, second] = [await applied(fair), await approved(fair)];
    await fair.projected();
    const path = `/api/fairs/${fair.fair}/applications`;
    const Page = z.object({
      applications: z.array(z.object({ application: z.string() })),
      next: z.number().nullable(),
    });
    const page = async (query: string) => {
      const { body } = await fair.ask('GET', `${path}?${query}`, { as: 'organiser' });
      const { applications, next } = Page.parse(body);
      return { ids: applications.map(({ application }) => application), next, text: JSON.stringify(body) };
    };
    const beginning = await page('limit=1');
    expect(beginning).toMatchObject({ ids: [first], next: expect.any(Number) });
    expect(await page(`limit=1&from=${beginning.next}`)).toMatchObject({ ids: [second], next: null });
    expect(await page('status=approved')).toMatchObject({ ids: [second] });
    expect(await page('status=declined')).toMatchObject({ ids: [], next: null });
    expect((await page('')).text).not.toContain(contact.name);
  });
});

describe('an application', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const path = (application: string, more = '') => `/api/fairs/${fair.fair}/applications/${application}${more}`;

  test('says where a 12-digit number belongs, and writes it nowhere', async () => {
    const answer = await fair.ask('PUT', path(fair.id()), {
      body: { form: { ...form, taxCode: '024190001234' }, contact, repeatKey },
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.form.taxCode', message: expect.stringContaining('contact.citizenNumber') }] },
    });
  });

  test('keeps its contact in the vault and nowhere else', async () => {
    const application = fair.id();
    const personal = { ...contact, email: 'hong.nhung@example.vn', citizenNumber: '024190001234' };
    await fair.ask('PUT', path(application), { body: { form, contact: personal, repeatKey } });
    const written = JSON.stringify(await fair.ports.store.read(0, 10_000)) + fair.logged.join('');
    for (const planted of ['Hồng Nhung', '987654321', 'hong.nhung', '024190001234'])
      expect(written).not.toContain(planted);
    const read = await fair.ask('GET', path(application), { as: 'organiser' });
    expect(read.body).toMatchObject({ contact: { ...personal, phone: '+84987654321' } });
  });

  test('is followed by its own link, which sees no other', async () => {
    const application = fair.id();
    const submitted = await fair.ask('PUT', path(application), { body: { form, contact, repeatKey } });
    const headers = { authorization: `Bearer ${textIn(submitted, 'secret')}` };
    expect(await ask(fair.app, 'GET', path(application), { headers })).toMatchObject({
      status: 200,
      body: { application },
    });
    expect((await ask(fair.app, 'GET', path(await applied(fair)), { headers })).status).toBe(404);
  });

  test('gives its link to whoever submitted it, and to nobody who repeats what was said', async () => {
    const [application, draft] = [fair.id(), { as: 'draft', form }];
    const put = (body: object) => fair.ask('PUT', path(application), { body });
    const first = await put({ ...draft, repeatKey });
    expect(textIn(first, 'secret')).toMatch(/^hsl_/);
    expect(await put({ ...draft, repeatKey })).toMatchObject({ status: 200, body: first.body });
    const other = await put({ ...draft, repeatKey: 'another-key-made-by-chance' });
    expect(other).toMatchObject({ status: 422, body: expect.not.objectContaining({ secret: expect.anything() }) });
    expect(await put(draft)).toMatchObject({ status: 400, body: { errors: [{ path: 'body.repeatKey' }] } });
    expect(JSON.stringify(await fair.ports.store.read(0, 10_000))).not.toContain(repeatKey);
  });

  test('gives an organiser who wrote it down no link: with it, single sales could be seen', async () => {
    const written = await fair.ask('PUT', path(fair.id()), { as: 'organiser', body: { form, contact } });
    expect(written).toMatchObject({ status: 200, body: { status: 'submitted' } });
    expect(written.body).not.toHaveProperty('secret');
  });

  test('is declined, put on the list or asked for more with a reason that the applicant sees', async () => {
    const application = await applied(fair);
    const reason = 'Bổ sung giấy phép xuất bản';
    await handled(fair, `/applications/${application}/reviews/${fair.id()}`, { decision: 'request-changes', reason });
    expect((await fair.ask('GET', path(application), { as: 'organiser' })).body).toMatchObject({
      status: 'changes-requested',
      way: [{ what: 'submitted' }, { what: 'changes-requested', reason }],
    });
  });

  test('lets an applicant take its own steps only', async () => {
    const application = await applied(fair, subjects.exhibitor);
    const step = (as: 'application-link' | 'exhibitor' | 'organiser', body: object) =>
      fair.ask('PUT', path(application, `/steps/${fair.id()}`), { as, body });
    for (const taken of ['present', 'absent', 'closed', 'settled'])
      for (const as of ['application-link', 'exhibitor'] as const)
        expect((await step(as, { step: taken })).status, `${as} ${taken}`).toBe(403);
    expect((await step('exhibitor', { step: 'cancelled', reason: 'x' })).status).toBe(403);
    expect((await step('organiser', { step: 'present' })).body).toEqual({
      outcome: 'refused',
      reason: 'application-is-submitted',
    });
    expect((await step('exhibitor', { step: 'withdrawn', reason: 'trùng lịch' })).body).toMatchObject({
      status: 'withdrawn',
    });
  });

  test('is not there for a step, a review or a look before somebody applied', async () => {
    const nobody = fair.id();
    expect((await fair.ask('GET', path(nobody), { as: 'organiser' })).status).toBe(404);
    const review = await fair.ask('PUT', path(nobody, `/reviews/${fair.id()}`), {
      as: 'organiser',
      body: { decision: 'approve' },
    });
    expect(review.status).toBe(404);
    const step = await fair.ask('PUT', path(nobody, `/steps/${fair.id()}`), {
      as: 'organiser',
      body: { step: 'present' },
    });
    expect(step.status).toBe(404);
  });
});
