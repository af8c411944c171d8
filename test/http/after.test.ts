import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../src/http/app.ts';
import type { Ports } from '../../src/http/ports.ts';
import type { Route } from '../../src/http/route.ts';
import { routes } from '../../src/http/routes.ts';
import { type Asked, startFair, type TestFair } from './harness.ts';

const reads = routes.filter(({ method }) => method === 'get');

const takesAfter = ({ query }: Route): boolean => query instanceof z.ZodObject && 'after' in query.shape;

/** Every frame of a stream holds all there is, and the next one comes with the next change: there is nothing to wait for. */
const streams: readonly string[] = ['/api/fairs/{fair}/live'];

let fair: TestFair;
beforeAll(async () => {
  fair = await startFair({ figures: 'running' });
  await fair.projected();
});
afterAll(() => fair.close());

/** An address of the route; what is not there is as good as what is. */
const addressOf = ({ path }: Route): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const known: Record<string, string> = {
      fair: fair.fair,
      exhibitor: fair.subjects.exhibitor,
      application: fair.subjects.exhibitor,
      figure: 'visits',
      gate: 'G1',
    };
    return known[name] ?? fair.id();
  });

/** Asks as everybody who may, so that one of them gets to the answer. */
async function askAsAll(route: Route, query: string, app = fair.app): Promise<Asked[]> {
  const answers: Asked[] = [];
  for (const role of route.may) {
    const token = role === 'public' ? undefined : await fair.token(role);
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await app.request(`${addressOf(route)}${query}`, { headers });
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    answers.push({ status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers });
  }
  return answers;
}

describe('?after=', () => {
  test('is taken by every route that reads what is projected', { timeout: 60_000 }, async () => {
    const reading = new Set<string>();
    let asked = '';
    const noting = <Name extends 'projections' | 'figures' | 'live' | 'fairList'>(name: Name) => ({
      get: (): Ports[Name] => {
        reading.add(asked);
        return fair.ports[name];
      },
      enumerable: true,
    });
    const ports: Ports = Object.defineProperties(
      { ...fair.ports },
      {
        projections: noting('projections'),
        figures: noting('figures'),
        live: noting('live'),
        fairList: noting('fairList'),
      },
    );
    const app = createApp(ports);
    reading.clear();
    for (const route of reads) {
      asked = route.path;
      await askAsAll(route, '', app);
    }
    const waiting = reads.filter(takesAfter).map(({ path }) => path);
    expect([...reading].sort()).toEqual([...waiting, ...streams].sort());
  });

  test.for(reads.filter(takesAfter))(
    'of $path waits, within bounds, for what the log has',
    { timeout: 60_000 },
    async (route) => {
      const head = await fair.ports.store.head();
      for (const query of ['?after=soon', '?after=-1', '?after=1.5']) {
        const [answer] = await askAsAll(route, query);
        expect(answer?.status, query).toBe(400);
      }
      // Some are refused for other reasons: a sale is shown to an organiser by an auditor's leave only.
      const good = (await askAsAll(route, `?after=${head}`)).filter(({ status }) => status === 200);
      expect(good.length).toBeGreaterThan(0);
      const beyond = (await askAsAll(route, `?after=${head + 1}`)).filter(({ status }) => status === 400);
      expect(beyond).toHaveLength(good.length);
      const behind = createApp({ ...fair.ports, progress: { waitFor: async () => false } });
      const late = (await askAsAll(route, `?after=${head}`, behind)).filter(({ status }) => status === 503);
      expect(late).toHaveLength(good.length);
      expect(late.map(({ headers }) => headers.get('retry-after'))).toEqual(late.map(() => '1'));
    },
  );
});
