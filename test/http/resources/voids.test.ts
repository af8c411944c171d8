import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../contract.ts';
import { startFair, subjects, type TestFair, textIn } from '../harness.ts';
import { approved } from '../some-exhibitor-facts.ts';
import { freshToken, scanBody, scans } from '../some-gate-facts.ts';

contract('PUT /api/fairs/{fair}/voids/{void}', {
  may: ['device', 'organiser', 'owner'],
  forbidden: ['auditor', 'viewer'],
  good: async (fair) => {
    const scanned = await scans(fair, scanBody(fair, { token: await freshToken(fair) }));
    return {
      path: `/api/fairs/${fair.fair}/voids/${fair.id()}`,
      body: {
        kind: 'scan',
        id: textIn(scanned, 'scan'),
        pass: textIn(scanned, 'pass'),
        reason: 'Bấm nhầm',
        occurredAt: fair.clock.now,
      },
    };
  },
  answers: { outcome: 'voided', kind: 'scan' },
  other: { reason: 'Quét nhầm' },
  bad: [
    { with: { kind: 'pass' }, at: 'body.kind' },
    { with: { id: 'x' }, at: 'body.id' },
    { with: { pass: 'x' }, at: 'body.pass' },
    { with: { reason: '' }, at: 'body.reason' },
    { with: { occurredAt: undefined }, at: 'body.occurredAt' },
    { with: { occurredAt: '2026-04-21T09:00:00+07:00' }, at: 'body.occurredAt' },
  ],
});

describe('an undo', () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const undo = (body: object, how: { as?: 'device' | 'organiser' | 'exhibitor' | 'till'; token?: string } = {}) =>
    fair.ask('PUT', `/api/fairs/${fair.fair}/voids/${fair.id()}`, {
      as: how.token === undefined ? (how.as ?? 'device') : 'public',
      body: { reason: 'Nhầm', occurredAt: fair.clock.now, ...body },
      ...(how.token === undefined ? {} : { headers: { authorization: `Bearer ${how.token}` } }),
    });
  const count = async (): Promise<string> => {
    const counted = await fair.ask('PUT', `/api/fairs/${fair.fair}/walk-ins/${fair.id()}`, {
      as: 'device',
      body: { gate: 'G1', persons: 10, occurredAt: fair.clock.now },
    });
    return textIn(counted, 'count');
  };

  test('is for its author within 15 minutes, and for the organiser at any time', async () => {
    const id = await count();
    const stranger = await fair.token('device', { subject: fair.id() });
    expect((await undo({ kind: 'walk-in', id }, { token: stranger })).body).toEqual({
      outcome: 'refused',
      reason: 'not-yours',
    });
    fair.clock.now += 900_001;
    expect((await undo({ kind: 'walk-in', id })).body).toEqual({ outcome: 'refused', reason: 'too-late' });
    expect((await undo({ kind: 'walk-in', id }, { as: 'organiser' })).body).toMatchObject({ outcome: 'voided' });
    expect((await undo({ kind: 'walk-in', id }, { as: 'organiser' })).body).toEqual({
      outcome: 'refused',
      reason: 'already-voided',
    });
  });

  test('lets the pass be admitted as if it had never been', async () => {
    const token = await freshToken(fair);
    const first = await scans(fair, scanBody(fair, { token }));
    await undo({ kind: 'scan', id: textIn(first, 'scan'), token });
    fair.clock.now += 1000;
    expect((await scans(fair, scanBody(fair, { token }))).body).toMatchObject({ outcome: 'admitted' });
  });

  test('may arrive before what it undoes: it waits for it, and says so however often it is sent', async () => {
    const [token, scan, id] = [await freshToken(fair), fair.id(), fair.id()];
    const late = scanBody(fair, { token });
    fair.clock.now += 1000;
    const body = { kind: 'scan', id: scan, token, reason: 'Nhầm', occurredAt: fair.clock.now };
    const send = () => fair.ask('PUT', `/api/fairs/${fair.fair}/voids/${id}`, { as: 'device', body });
    const first = await send();
    expect(first.body).toMatchObject({ outcome: 'pending' });
    expect((await scans(fair, late, { scan })).body).toMatchObject({ outcome: 'admitted' });
    expect((await send()).body).toEqual(first.body);
    expect((await undo({ kind: 'scan', id: scan, token })).body).toEqual({
      outcome: 'refused',
      reason: 'already-voided',
    });
    expect((await scans(fair, scanBody(fair, { token }))).body).toMatchObject({ outcome: 'admitted' });
  });

  test("says nothing of what its caller cannot have written: books to a gate, gates and others' books to a booth", async () => {
    const books = { kind: 'sale', id: fair.id(), exhibitor: subjects.exhibitor };
    expect((await undo(books, { as: 'device' })).status).toBe(404);
    expect((await undo({ kind: 'walk-in', id: await count() }, { as: 'till' })).status).toBe(404);
    expect((await undo({ ...books, exhibitor: fair.id() }, { as: 'exhibitor' })).status).toBe(404);
    expect((await undo(books, { as: 'till' })).body).toMatchObject({ outcome: 'pending', kind: 'sale' });
    expect((await undo({ ...books, kind: 'return', sale: fair.id() }, { as: 'exhibitor' })).body).toMatchObject({
      outcome: 'pending',
    });
    expect((await undo({ ...books, kind: 'stock-entry' }, { as: 'organiser' })).body).toMatchObject({
      outcome: 'pending',
    });
  });

  test('says of whose scan or arrival it is, so that one in the wrong stream undoes nothing anywhere', async () => {
    const [token, scan, pass, group] = [await freshToken(fair), fair.id(), fair.id(), fair.id()];
    const written = async (body: object): Promise<unknown> => {
      expect((await undo(body)).body).toMatchObject({ outcome: 'pending' });
      return (await fair.ports.store.readAt([await fair.ports.store.head()]))[0]?.data;
    };
    expect(await written({ kind: 'scan', id: scan, pass })).toMatchObject({ target: scan, pass });
    const own = textIn(await scans(fair, scanBody(fair, { token })), 'pass');
    expect(await written({ kind: 'scan', id: scan, token })).toMatchObject({ target: scan, pass: own });
    expect(await written({ kind: 'arrival', id: scan, group })).toMatchObject({ target: scan, group });
  });

  test('that names neither the pass nor what was read is for a known scan of no pass alone', async () => {
    const ofPass = await scans(fair, scanBody(fair, { token: await freshToken(fair) }));
    const ofNone = await scans(fair, scanBody(fair, { token: 'HS:NOTHING' }));
    expect(await undo({ kind: 'scan', id: textIn(ofPass, 'scan') }, { as: 'organiser' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.pass' }] },
    });
    expect((await undo({ kind: 'scan', id: textIn(ofNone, 'scan') })).body).toMatchObject({ outcome: 'voided' });
  });

  test("of another exhibitor's sale, return or stock entry is told nothing", async () => {
    const other = fair.id();
    const [sale, back, entry] = [fair.id(), fair.id(), fair.id()];
    const token = await fair.token('till', { subject: other });
    await approved(fair, other);
    const lines = [{ code: 'K-12', copies: 1, paid: 15_000 }];
    const put = (path: string, body: object) =>
      fair.ask('PUT', `/api/fairs/${fair.fair}/exhibitors/${other}${path}`, {
        as: 'public',
        body: { occurredAt: fair.clock.now, ...body },
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await put(`/sales/${sale}`, { lines, payment: 'cash' })).status).toBe(200);
    expect((await put(`/sales/${sale}/returns/${back}`, { lines })).status).toBe(200);
    expect((await put(`/stock/${entry}`, { kind: 'displayed', copies: 3 })).status).toBe(200);
    const mine = { exhibitor: subjects.exhibitor };
    for (const target of [
      { kind: 'sale', id: sale },
      { kind: 'return', id: back, sale },
      { kind: 'stock-entry', id: entry },
    ])
      expect((await undo({ ...target, ...mine }, { as: 'till' })).status, target.kind).toBe(404);
    const own = { kind: 'return', id: back, sale, exhibitor: other };
    expect((await undo(own, { token })).body).toMatchObject({ outcome: 'voided' });
  });

  test('of an arrival is found by its group', async () => {
    const [group, arrival] = [fair.id(), fair.id()];
    expect((await undo({ kind: 'arrival', id: arrival, group })).body).toMatchObject({
      outcome: 'pending',
      kind: 'arrival',
    });
    expect(await undo({ kind: 'arrival', id: arrival })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.group' }] },
    });
  });

  test('after closing changes nothing', async () => {
    const id = await count();
    await fair.ask('PUT', `/api/fairs/${fair.fair}/closings/${fair.id()}`, { as: 'organiser', body: {} });
    fair.clock.now += 1000;
    expect((await undo({ kind: 'walk-in', id }, { as: 'organiser' })).body).toEqual({
      outcome: 'refused',
      reason: 'fair-closed',
    });
  });
});
