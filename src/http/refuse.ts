import type { Context } from 'hono';
import { htmlOf } from '../web/html.ts';
import { type PageProblem, problemPage } from '../web/pages/problem.tsx';
import type { AccessLogged } from './access-log.ts';
import { publicCaller } from './caller.ts';
import { frameOf, htmlResponse } from './frame.ts';
import type { Ports } from './ports.ts';
import { type Problem, problemDocument, problemHeaders, type ProblemKind, statusOf } from './problems.ts';

/** The answer to a request that ended early: a page for whoever opened one, else a problem document. */
export function refuse(c: Context<AccessLogged>, problem: Problem, ports: Pick<Ports, 'assets'>): Response {
  const response = isForReading(c) ? page(c, problem, ports) : document(c, problem);
  for (const [name, value] of Object.entries(problemHeaders(problem))) response.headers.set(name, value);
  return response;
}

/** Browsers name HTML when they open an address, and not when a script of ours asks. */
const isForReading = (c: Context): boolean =>
  !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? '').includes('text/html');

const document = (c: Context<AccessLogged>, problem: Problem): Response =>
  Response.json(problemDocument(problem, c.get('requestId')), {
    status: statusOf(problem),
    headers: { 'content-type': 'application/problem+json' },
  });

const page = (c: Context<AccessLogged>, problem: Problem, ports: Pick<Ports, 'assets'>): Response => {
  const asked = { caller: c.get('caller') ?? publicCaller, request: c.req.raw };
  const about = { problem: pageOf(problem.kind), requestId: c.get('requestId') };
  return htmlResponse(htmlOf(problemPage({ ...frameOf(asked, ports), ...about })), asked, statusOf(problem));
};

const pages: { readonly [Kind in ProblemKind]?: PageProblem } = {
  'bad-request': 'not-found',
  'not-found': 'not-found',
  forbidden: 'forbidden',
  'foreign-origin': 'forbidden',
  'not-signed-in': 'unauthorised',
  busy: 'busy',
  'too-many-requests': 'busy',
};

const pageOf = (kind: ProblemKind): PageProblem => pages[kind] ?? 'failed';
