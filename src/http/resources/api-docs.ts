import { z } from 'zod';
import { htmlOf } from '../../web/html.ts';
import { docsPage } from '../docs/docs-page.tsx';
import { operationsOf } from '../docs/operations.ts';
import { frameOf, htmlResponse, pageQuery } from '../frame.ts';
import { ownOrigin } from '../links.ts';
import { describeApi } from '../openapi.ts';
import { ok } from '../reply.ts';
import { noQuery, readAnywhere, type Route } from '../route.ts';

/** The API told to programs and to people; both are made from the routes themselves, at the first asking. */
export function apiDocs(routes: readonly Route[]): readonly Route[] {
  let description: ReturnType<typeof describeApi> | undefined;
  const described = () => (description ??= describeApi(routes));

  const openapi = readAnywhere({
    path: '/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document',
    may: ['public'],
    query: noQuery,
    answer: z.object({ openapi: z.literal('3.1.0') }).loose(),
    handle: async () => ok(described(), { 'cache-control': 'public, max-age=60' }),
  });

  const docs = readAnywhere({
    path: '/docs',
    summary: 'This API as a page',
    may: ['public'],
    query: pageQuery,
    handle: async (asked, ports) => {
      const frame = frameOf(asked, ports);
      const props = { operations: operationsOf(described()), origin: ownOrigin(ports, asked.request) };
      return htmlResponse(htmlOf(docsPage({ ...frame, ...props })), asked);
    },
  });

  return [openapi, docs];
}
