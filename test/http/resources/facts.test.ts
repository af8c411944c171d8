import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Asked, startFair, subjects, type TestFair, textIn } from '../harness.ts';
import { approved, repeatKey } from '../some-exhibitor-facts.ts';
import { freshToken, scanBody, scans } from '../some-gate-facts.ts';

const Delivered = z.object({
  items: z.array(z.object({ id: z.string().nullable(), status: z.number(), body: z.record(z.string(), z.unknown()) })),
});

describe("'POST /api/fairs/{fair}/facts'", () => {
  let fair: TestFair;
  beforeAll(async () => {
    fair = await startFair();
  });
  afterAll(() => fair.close());

  const path = () => `/api/fairs/${fair.fair}/facts`;
  const deliver = (items: readonly unknown[], more: object = {}): Promise<Asked> =>
    fair.ask('POST', path(), { as: 'device', body: { items, ...more } });
  const itemsIn = ({ status, body }: Asked) => {
    expect(status).toBe(200);
    return Delivered.parse(body).items;
  };
  const walkIn = (more: object = {}) => ({
    kind: 'walk-in',
    id: fair.id(),
    body: { gate: 'G1', persons: 5, occurredAt: fair.clock.now, ...more },
  });

  test('answers each item as its own PUT would, in order, and a second delivery alike', async () => {
    const [token, group, scan] = [await freshToken(fair), fair.id(), fair.id()];
    const details = {
      school: 'Tiểu học Tiền An',
      level: 'primary',
      classes: 1,
      persons: 40,
      day: '2026-04-21',
      site: 'A',
      slot: '09:00',
    };
    await fair.ask('PUT', `/api/fairs/${fair.fair}/groups/${group}`, { body: { ...details, repeatKey } });
    const items = [
      { kind: 'scan', id: scan, body: scanBody(fair, { token }) },
      { kind: 'scan', id: fair.id(), body: scanBody(fair, { token: 'none of ours' }) },
      walkIn(),
      { kind: 'arrival', id: fair.id(), group, body: { gate: 'G1', persons: 38, occurredAt: fair.clock.now } },
      {
        kind: 'void',
        id: fair.id(),
        body: { kind: 'scan', id: scan, token, reason: 'Nhầm', occurredAt: fair.clock.now },
      },
    ];
    const first = itemsIn(await deliver(items));
    expect(first.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(first).toMatchObject([
      { status: 200, body: { outcome: 'admitted' } },
      { status: 200, body: { outcome: 'refused', reason: 'unknown-pass' } },
      { status: 200, body: { outcome: 'counted', persons: 5 } },
      { status: 200, body: { outcome: 'arrived', persons: 38 } },
      { status: 200, body: { outcome: 'voided' } },
    ]);
    const before = await fair.ports.store.head();
    expect(itemsIn(await deliver(items))).toEqual(first);
    expect((await scans(fair, items[0]?.body ?? {}, { scan })).body).toEqual(first[0]?.body);
    expect(await fair.ports.store.head()).toBe(before);
  });

  test('takes what a till sold and what came back, a count of the shelf and the day, each in its own words', async () => {
    const exhibitor = await approved(fair, subjects.exhibitor);
    const [sale, returned, occurredAt] = [fair.id(), fair.id(), fair.clock.now];
    const lines = [{ gtin: '9786041234567', name: 'Dế Mèn phiêu lưu ký', copies: 2, paid: 90_000 }];
    const items = [
      { kind: 'stock-entry', id: fair.id(), exhibitor, body: { kind: 'displayed', copies: 300, occurredAt } },
      { kind: 'sale', id: sale, exhibitor, body: { lines, payment: 'cash', occurredAt } },
      { kind: 'return', id: returned, exhibitor, sale, body: { lines, occurredAt } },
      {
        kind: 'statement',
        id: fair.id(),
        exhibitor,
        date: '2026-04-21',
        body: { copiesSold: 5, revenue: 250_000, occurredAt },
      },
      {
        kind: 'void',
        id: fair.id(),
        body: { kind: 'return', id: returned, exhibitor, sale, reason: 'Nhầm', occurredAt },
      },
      { kind: 'void', id: fair.id(), body: { kind: 'sale', id: sale, exhibitor, reason: 'Nhầm', occurredAt } },
    ];
    const send = () => fair.ask('POST', path(), { as: 'till', body: { items } });
    const first = itemsIn(await send());
    expect(first).toMatchObject([
      { status: 200, body: { outcome: 'recorded' } },
      { status: 200, body: { outcome: 'recorded', copies: 2, paid: 90_000 } },
      { status: 200, body: { outcome: 'recorded' } },
      { status: 200, body: { outcome: 'recorded' } },
      { status: 200, body: { outcome: 'voided', kind: 'return' } },
      { status: 200, body: { outcome: 'voided', kind: 'sale' } },
    ]);
    expect(itemsIn(await send())).toEqual(first);
    expect(itemsIn(await deliver(items)).map(({ status }) => status)).toEqual(items.map(() => 404));
  });

  test('decides items of one pass in the order given, by whatever code each names it', async () => {
    const taken = await fair.ask('POST', `/api/fairs/${fair.fair}/public-passes`, { body: {} });
    const codes = [{ shortCode: textIn(taken, 'shortCode') }, { token: textIn(taken, 'token') }];
    const items = Array.from({ length: 20 }, (_, index) => ({
      kind: 'scan',
      id: fair.id(),
      body: scanBody(fair, codes[index % 2] ?? { token: '' }, { direction: index % 2 === 0 ? 'in' : 'out' }),
    }));
    const answers = itemsIn(await deliver(items));
    expect(answers.map(({ body }) => body['outcome'])).toEqual(
      items.map((_, index) => (index === 0 ? 'admitted' : index % 2 === 0 ? 'admitted-again' : 'left')),
    );
    const positions = answers.map(({ body }) => Number(body['position']));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });

  test('an item that fails stops no other, and says why as its PUT would', async () => {
    const used = walkIn();
    await deliver([used]);
    const answers = itemsIn(
      await deliver([
        walkIn({ gate: 'G9' }),
        { kind: 'walk-in', id: 'not-an-id', body: {} },
        { ...used, body: { ...used.body, persons: 7 } },
        {
          kind: 'arrival',
          id: fair.id(),
          group: fair.id(),
          body: { gate: 'G1', persons: 3, occurredAt: fair.clock.now },
        },
        { kind: 'party', id: fair.id(), body: {} },
        'nonsense',
        { kind: 'walk-in', id: fair.id(), body: {}, shelf: 3 },
        walkIn(),
      ]),
    );
    expect(answers).toMatchObject([
      { status: 400, body: { errors: [{ path: 'body.gate' }] } },
      {
        id: 'not-an-id',
        status: 400,
        body: { errors: expect.arrayContaining([expect.objectContaining({ path: 'path.count' })]) },
      },
      { status: 422 },
      { status: 404 },
      { status: 400, body: { errors: [{ path: 'item.kind' }] } },
      { id: null, status: 400, body: { errors: [{ path: 'item' }] } },
      { status: 400, body: { errors: [{ path: 'item.shelf' }] } },
      { status: 200, body: { outcome: 'counted' } },
    ]);
  });

  test('corrects the clock of every item by when the delivery was sent', async () => {
    const ahead = 300_000;
    const items = [walkIn({ occurredAt: fair.clock.now + ahead - 60_000 })];
    const [counted] = itemsIn(await deliver(items, { sentAt: fair.clock.now + ahead }));
    expect(counted).toMatchObject({
      status: 200,
      body: { occurredAt: new Date(fair.clock.now - 60_000).toISOString() },
    });
    fair.clock.now += 5000;
    expect(itemsIn(await deliver(items, { sentAt: fair.clock.now }))).toEqual([counted]);
  });

  test('each item is authorised alone: a till counts nobody', async () => {
    const answer = await fair.ask('POST', path(), { as: 'till', body: { items: [walkIn()] } });
    expect(itemsIn(answer)).toMatchObject([{ status: 404 }]);
  });

  test('500 items are taken, 501, none and more than 256 KB are not', async () => {
    const items = Array.from({ length: 501 }, () => walkIn());
    expect(await deliver(items)).toMatchObject({ status: 400, body: { errors: [{ path: 'body.items' }] } });
    expect(await deliver([])).toMatchObject({ status: 400, body: { errors: [{ path: 'body.items' }] } });
    expect((await deliver([{ filler: 'x'.repeat(256 * 1024) }])).status).toBe(413);
    const taken = itemsIn(await deliver(items.slice(0, 500)));
    expect(taken.filter(({ status }) => status === 200)).toHaveLength(500);
  });

  test.for(['auditor', 'viewer'] as const)('%s may see but not write: 403', async (role) => {
    expect((await fair.ask('POST', path(), { as: role, body: { items: [walkIn()] } })).status).toBe(403);
  });

  test.for(['application-link', 'group-link'] as const)('%s finds nothing here', async (role) => {
    expect((await fair.ask('POST', path(), { as: role, body: { items: [walkIn()] } })).status).toBe(404);
  });

  test('401 without a token, 404 with another fair’s', async () => {
    expect((await fair.ask('POST', path(), { body: { items: [walkIn()] } })).status).toBe(401);
    const token = await fair.token('device', { fair: fair.otherFair });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fair.ask('POST', path(), { body: { items: [walkIn()] }, headers })).status).toBe(404);
  });
});
