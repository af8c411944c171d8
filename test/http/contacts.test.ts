import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, startFair, type TestFair, textIn } from './harness.ts';
import { form, repeatKey } from './some-exhibitor-facts.ts';

const planted = { name: 'Đặng Thị Ngọc Trâm', phone: '0912 998 877', email: 'ngoctram.planted@example.vn' };
const consents = [{ purpose: 'application', version: '2026-01' }];

const citizenNumber = '024099012345';

/** Every form in which they could be written down. */
const traces = [
  planted.name,
  'Ngọc Trâm',
  Buffer.from(planted.name).toString('hex'),
  Buffer.from(planted.name).toString('base64').slice(0, -4),
  encodeURIComponent(planted.name),
  '912998877',
  '912 998 877',
  Buffer.from('912998877').toString('hex'),
  'ngoctram.planted',
  Buffer.from('ngoctram.planted').toString('hex'),
  citizenNumber,
];
const tracesIn = (text: string): string[] => traces.filter((trace) => text.includes(trace));

let fair: TestFair;
beforeAll(async () => {
  fair = await startFair({ figures: 'running' });
});
afterAll(() => fair.close());

/** Every row of every table there is, as text. */
const wholeDatabase = async (): Promise<string> => {
  const { rows: tables } = await fair.database.pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await fair.database.pool.query<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(name, ...rows.map(({ row }) => row));
  }
  return texts.join('\n');
};

test('what people tell about themselves is in the vault, and nowhere else', async () => {
  const { fair: id } = fair;
  const application = `/api/fairs/${id}/applications/${fair.id()}`;
  const applied = { form, contact: { ...planted, citizenNumber, consents }, repeatKey };
  const group = {
    school: 'Trường THCS Tiên Du',
    level: 'lower-secondary',
    classes: 2,
    persons: 80,
    day: '2026-04-21',
    site: 'A',
    slot: '08:00',
    repeatKey,
    leader: { ...planted, consents: [{ purpose: 'group-visit', version: '2026-01' }] },
  };
  for (const time of [1, 2]) {
    expect(await fair.ask('PUT', application, { body: applied }), `time ${time}`).toMatchObject({ status: 200 });
  }
  expect(await fair.ask('PUT', `/api/fairs/${id}/groups/${fair.id()}`, { body: group })).toMatchObject({ status: 200 });
  const refused = [
    await fair.ask('PUT', application, { body: { ...applied, contact: { ...applied.contact, phone: '0912 998 8' } } }),
    await fair.ask('PUT', application, {
      body: { ...applied, contact: { ...applied.contact, name: `${planted.name} 2` } },
    }),
    await fair.ask('PUT', application, { as: 'organiser', body: applied }),
    await fair.ask('PUT', `${application}?name=${encodeURIComponent(planted.name)}`, {
      body: '{"contact": "Ngọc Trâm',
    }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([400, 422, 422, 400]);
  await fair.projected();

  const everything = await wholeDatabase();
  expect(everything).toContain(form.name);
  expect(everything).toContain(group.school);
  expect(tracesIn(everything)).toEqual([]);
  expect(tracesIn(fair.logged.join('\n'))).toEqual([]);
  expect(fair.logged.join('\n')).toContain('/api/fairs/{fair}/applications/{application}');
  expect(tracesIn(JSON.stringify(refused.map(({ body }) => body)))).toEqual([]);
});

test('whoever told it, and the organiser, can read it again; nobody else', async () => {
  const application = `/api/fairs/${fair.fair}/applications/${fair.id()}`;
  const secret = textIn(
    await fair.ask('PUT', application, { body: { form, contact: { ...planted, consents }, repeatKey } }),
    'secret',
  );
  const own = { authorization: `Bearer ${secret}` };
  const told = { contact: { name: planted.name, phone: '+84912998877' } };
  expect(await ask(fair.app, 'GET', application, { headers: own })).toMatchObject({ status: 200, body: told });
  expect(await fair.ask('GET', application, { as: 'organiser' })).toMatchObject({ status: 200, body: told });
  for (const role of ['viewer', 'auditor', 'device', 'exhibitor', 'till'] as const) {
    expect((await fair.ask('GET', application, { as: role })).status, `for ${role}`).toBe(404);
  }
});

test('the tills of an exhibitor read its application without the contact', async () => {
  const id = fair.id();
  const application = `/api/fairs/${fair.fair}/applications/${id}`;
  const contact = { ...planted, citizenNumber, consents };
  expect((await fair.ask('PUT', application, { body: { form, contact, repeatKey } })).status).toBe(200);
  const readBy = async (role: 'till' | 'exhibitor') => {
    const headers = { authorization: `Bearer ${await fair.token(role, { subject: id })}` };
    return ask(fair.app, 'GET', application, { headers });
  };
  const toTill = await readBy('till');
  expect(toTill).toMatchObject({ status: 200, body: { form: { name: form.name }, contact: null } });
  expect(tracesIn(JSON.stringify(toTill.body))).toEqual([]);
  expect(await readBy('exhibitor')).toMatchObject({ status: 200, body: { contact: { citizenNumber } } });
});
