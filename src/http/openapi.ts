import { OpenAPIHono, z } from '@hono/zod-openapi';
import { Problem } from '../contract/problem.ts';
import { type ProblemKind, problemKinds } from './problems.ts';
import type { Route } from './route.ts';

type Registry = OpenAPIHono['openAPIRegistry'];
type ResponseConfig = { description: string; content: { 'application/problem+json': { schema: z.ZodType } } };
export type ApiDescription = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

const introduction = `
Facts go in, figures come out. Every write is a PUT with an id that you make (a UUIDv7): send it again whenever you are
in doubt, it is written once and answered alike. The status says whether it was handled, the body what was decided; a
business “no” is a 200 with its reason. Times are RFC 3339 with an offset, or milliseconds since 1970.`;

/** The OpenAPI 3.1 document of all routes that answer with JSON. */
export function describeApi(routes: readonly Route[]): ApiDescription {
  const app = new OpenAPIHono();
  const registry = app.openAPIRegistry;
  const problem = registry.register('Problem', Problem);
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'session' });
  for (const route of routes) register(registry, route, problem);
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Hội Sách', version: '1', description: introduction.trim().replaceAll('\n', ' ') },
  });
}

function register(registry: Registry, route: Route, problem: z.ZodType): void {
  if (!route.answer) return;
  const refused: Record<string, ResponseConfig> = {};
  for (const { status, title } of problemsOf(route).map((kind) => problemKinds[kind])) {
    refused[status] = { description: title, content: { 'application/problem+json': { schema: problem } } };
  }
  registry.registerPath({
    method: route.method,
    path: route.path,
    summary: route.summary,
    tags: [tagOf(route.path)],
    'x-may': [...route.may],
    security: route.may.includes('public') ? [{}, { bearer: [] }, { session: [] }] : [{ bearer: [] }, { session: [] }],
    request: {
      params: route.params,
      ...(route.query instanceof z.ZodObject ? { query: route.query } : {}),
      ...(route.body ? { body: { required: true, content: json(route.body) } } : {}),
    },
    responses: {
      200: { description: 'Handled; the body says what was decided.', content: json(route.answer) },
      ...refused,
    },
  });
}

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });

/** How a request of this route can fail, as `app.ts` and `route.ts` make it. */
function problemsOf({ may, path, query, body }: Route): ProblemKind[] {
  const always: ProblemKind[] = ['bad-request', 'not-found', 'too-many-requests', 'busy'];
  const closed: ProblemKind[] = may.includes('public') ? [] : ['not-signed-in'];
  const writes: ProblemKind[] = body ? ['forbidden', 'too-large', 'not-json'] : [];
  const facts: ProblemKind[] = body && path.includes('{') ? ['lost-race', 'id-already-used'] : [];
  // The past is for fewer than the present.
  const past: ProblemKind[] = query instanceof z.ZodObject && 'asOf' in query.shape ? ['forbidden'] : [];
  return [...always, ...closed, ...writes, ...facts, ...past];
}

/** The resource: the first word after the fair, or after `/api`; the rest is about the node itself. */
const tagOf = (path: string): string => {
  if (!path.startsWith('/api/')) return 'node';
  return /^\/api\/(?:fairs\/\{fair\}\/)?([\w-]+)/.exec(path)?.[1] ?? 'fairs';
};
