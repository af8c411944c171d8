import { z } from 'zod';
import type { ApiDescription } from '../openapi.ts';
import { Shape } from './schema-view.tsx';

/** One route of the API as its page shows it. */
export type Operation = {
  /** For links into the page. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly resource: string;
  readonly summary: string;
  readonly may: readonly string[];
  /** Path and query, as the fields of one object. */
  readonly parameters: Shape;
  readonly body: Shape | undefined;
  readonly answer: Shape;
};

const WithJson = z.object({ content: z.object({ 'application/json': z.object({ schema: Shape }) }) });

/** As much of an OpenAPI operation as the page shows. */
const Described = z.object({
  summary: z.string(),
  tags: z.array(z.string()).min(1),
  'x-may': z.array(z.string()),
  parameters: z.array(z.object({ name: z.string(), required: z.boolean().default(false), schema: Shape })).default([]),
  requestBody: WithJson.optional(),
  responses: z.object({ 200: WithJson }),
});

const methods = ['get', 'put', 'post', 'delete'] as const;

/** The routes of an OpenAPI document, in its order. */
export const operationsOf = ({ paths = {} }: ApiDescription): Operation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => (item[method] ? [operationOf(method, path, Described.parse(item[method]))] : [])),
  );

const operationOf = (method: string, path: string, described: z.infer<typeof Described>): Operation => ({
  id: `${method} ${path}`.replaceAll(/[^a-z0-9]+/g, '-').replace(/-$/, ''),
  method: method.toUpperCase(),
  path,
  resource: described.tags[0] ?? '',
  summary: described.summary,
  may: described['x-may'],
  parameters: parametersOf(described.parameters),
  body: described.requestBody?.content['application/json'].schema,
  answer: described.responses[200].content['application/json'].schema,
});

const parametersOf = (parameters: z.infer<typeof Described>['parameters']): Shape => ({
  properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  required: parameters.filter(({ required }) => required).map(({ name }) => name),
});
