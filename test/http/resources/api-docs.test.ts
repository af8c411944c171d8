import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from '../../../src/http/routes.ts';
import { startFair, type TestFair } from '../harness.ts';

let fair: TestFair;
beforeAll(async () => {
  fair = await startFair();
});
afterAll(() => fair.close());

describe('the description of the API', () => {
  test("is at 'GET /openapi.json', and holds every route that answers with JSON", async () => {
    const answer = await fair.ask('GET', '/openapi.json');
    const paths = Object.fromEntries(
      routes
        .filter((route) => route.answer && route.path !== '/openapi.json')
        .map((route) => [
          route.path,
          expect.objectContaining({ [route.method]: expect.objectContaining({ summary: route.summary }) }),
        ]),
    );
    expect(answer).toMatchObject({ status: 200, body: { openapi: '3.1.0', paths } });
  });

  test('names the fields of a body, their bounds, and who may', async () => {
    const { body } = await fair.ask('GET', '/openapi.json');
    const fields = expect.objectContaining({ as: { type: 'string', enum: ['token', 'link'] } });
    expect(body).toMatchObject({
      paths: {
        '/api/fairs/{fair}/tokens/{token}': {
          put: {
            'x-may': ['organiser', 'application-link', 'exhibitor'],
            security: [{ bearer: [] }, { session: [] }],
            requestBody: {
              content: {
                'application/json': {
                  schema: { oneOf: expect.arrayContaining([expect.objectContaining({ properties: fields })]) },
                },
              },
            },
            responses: {
              422: { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
            },
          },
        },
      },
    });
  });
});

/** Every named text in a schema that is free: no closed list, and longer than a code. */
function freeTexts(schema: unknown, name = ''): { readonly name: string; readonly description: unknown }[] {
  const { success, data } = z.looseObject({}).safeParse(schema);
  if (!success) return Array.isArray(schema) ? schema.flatMap((each) => freeTexts(each, name)) : [];
  const own = data['type'] === 'string' && !('enum' in data) && !('const' in data) ? [data] : [];
  return [
    ...own.map(({ description }) => ({ name, description })),
    ...Object.entries(data).flatMap(([key, value]) => freeTexts(value, key)),
  ];
}

test('whoever writes a free text is told to leave out names and telephone numbers', async () => {
  const { body } = await fair.ask('GET', '/openapi.json');
  const requests = z.object({ paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }).parse(body);
  const bodies = Object.values(requests.paths).flatMap((path) =>
    Object.values(path).map((each) => each['requestBody']),
  );
  const free = freeTexts(bodies).filter(({ name }) => ['reason', 'note', 'activities', 'label'].includes(name));
  expect(new Set(free.map(({ name }) => name)).size).toBe(4);
  expect(free.filter(({ description }) => !/không ghi họ tên, số điện thoại/i.test(String(description)))).toEqual([]);
});

describe('its page', () => {
  test("is at 'GET /docs', shows every route, and loads nothing from outside", async () => {
    const { status, body, headers } = await fair.ask('GET', '/docs');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = String(body);
    const described = routes.filter(({ answer, path }) => answer && path !== '/openapi.json');
    expect(described.filter(({ path }) => !html.includes(path))).toEqual([]);
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(loaded.filter((address) => !/^[/?#]/.test(address))).toEqual([]);
    expect(html).not.toMatch(/<style|style="|<script(?! type="module" src=)|\bon\w+="/);
  });

  test('links only to places it has', async () => {
    const html = String((await fair.ask('GET', '/docs')).body);
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id);
  });
});
