import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../events/envelope.ts';
import { type Asked, startFair, type TestFair } from '../harness.ts';

let fair: TestFair;
beforeAll(async () => {
  fair = await startFair({ figures: 'running' });
  await walkIns(4);
  fair.clock.now += 3_600_000;
  await walkIns(5);
  await fair.projected();
});
afterAll(() => fair.close());

async function walkIns(persons: number): Promise<void> {
  const { now } = fair.clock;
  const body = { gate: 'G1', direction: 'in', category: 'pupil', persons, occurredAt: now, sentAt: now };
  const path = `/api/fairs/${fair.fair}/walk-ins/${fair.id()}`;
  expect(await fair.ask('PUT', path, { as: 'device', body })).toMatchObject({ status: 200 });
}

const read = (query = '', as: Role = 'viewer'): Promise<Asked> =>
  fair.ask('GET', `/fairs/${fair.fair}/past${query}`, { as, headers: { accept: 'text/html' } });

const visitsIn = ({ body }: Asked): string | undefined => /data-beat="visits">([\d.]+)</.exec(String(body))?.[1];

describe("the page of the past, 'GET /fairs/{fair}/past'", { timeout: 120_000 }, () => {
  test('asks for a moment first, and shows no figure', async () => {
    const page = await read();
    expect(page.status).toBe(200);
    expect(page.body).toContain('type="datetime-local"');
    expect(visitsIn(page)).toBeUndefined();
    expect((await read('?asOf=&knownAt=')).status).toBe(200);
  });

  test('takes a time in Vietnam, and says clearly that it is not now', async () => {
    const page = await read('?asOf=2026-04-21T08:30&knownAt=');
    expect(visitsIn(page)).toBe('4');
    expect(page.body).toContain('không phải số liệu hiện tại');
    expect(page.body).toContain('08:30:00, 21/04/2026');
    expect(page.body).toContain(`href="/fairs/${fair.fair}/board"`);
    expect(page.body).toContain('value="2026-04-21T08:30"');
    expect(page.body).toContain('href="?asOf=2026-04-21T08%3A30&amp;knownAt=&amp;lang=en"');
    expect(page.body).not.toContain('id="connection"');
    expect(visitsIn(await read('?knownAt=2026-04-21T08:30'))).toBe('4');
    expect(visitsIn(await read('?asOf=2026-04-21T09:00:00%2B07:00'))).toBe('9');
    expect((await read('?asOf=2026-04-21T08:30&lang=en')).body).toContain('Figures of the past');
  });

  test('says what is wrong with a moment, and keeps the form', async () => {
    for (const moment of ['yesterday', '2026-04-21', '2027-01-01T00:00', 'x'.repeat(50)]) {
      const page = await read(`?asOf=${moment}`);
      expect(page.status, moment).toBe(400);
      expect(page.body).toContain('role="alert"');
      expect(page.body).toContain('name="asOf"');
    }
    const before = await read('?knownAt=2026-04-20T08:00');
    expect(before.status).toBe(404);
    expect(before.body).toContain('chưa biết gì');
  });

  test('is for those who may open the board, and linked from it', async () => {
    const asked = '?asOf=2026-04-21T08:30';
    for (const as of ['viewer', 'organiser', 'auditor', 'owner'] as const)
      expect((await read(asked, as)).status, as).toBe(200);
    for (const as of ['device', 'exhibitor', 'till', 'application-link', 'group-link'] as const)
      expect((await read(asked, as)).status, as).toBe(404);
    expect((await read(asked, 'public')).status).toBe(401);
    const board = await fair.ask('GET', `/fairs/${fair.fair}/board`, { as: 'viewer' });
    expect(board.body).toContain(`href="/fairs/${fair.fair}/past"`);
  });
});
