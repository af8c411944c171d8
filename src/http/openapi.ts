import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { Problem } from '../contract/problem.ts';
import type { Route } from './route.ts';

type Registry = OpenAPIHono['openAPIRegistry'];

/** Puts a route into the API's description, with what the code itself holds true of it. */
export function register(registry: Registry, route: Route): void {
  if (!route.answer) return;
  registry.registerPath({
    method: route.method,
    path: route.path,
    summary: route.summary,
    description: `May: ${route.may.join(', ')}.`,
    tags: [tagOf(route.path)],
    security: route.may.includes('public') ? [{}, { bearer: [] }, { session: [] }] : [{ bearer: [] }, { session: [] }],
    request: {
      params: route.params,
      ...(route.query instanceof z.ZodObject ? { query: route.query } : {}),
      ...(route.body ? { body: { required: true, content: json(route.body) } } : {}),
    },
    responses: {
      200: { description: 'Handled; the body says what was decided.', content: json(route.answer) },
      default: { description: 'Not handled.', content: { 'application/problem+json': { schema: Problem } } },
    },
  });
}

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });

/** The resource: the first word after the fair. */
const tagOf = (path: string): string =>
  /^\/api\/fairs\/\{fair\}\/([\w-]+)/.exec(path)?.[1] ?? /^\/(?:api\/)?([\w-]+)/.exec(path)?.[1] ?? 'fairs';
