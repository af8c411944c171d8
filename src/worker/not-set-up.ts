import { randomUUID } from 'node:crypto';
import { Problem, problemDocument, problemHeaders, problemOf, statusOf } from '../http/problems.ts';
import { securityHeaders } from '../http/security-headers.ts';

/** The Worker cannot work here until somebody sets it up; the message says how. */
export class NotSetUp extends Error {
  override readonly name = 'NotSetUp';
}

/** What everybody is told of it; what to do about it is in the log, where only those read who can. */
export const notSetUp = (): Problem =>
  new Problem('busy', {
    detail: 'This server is not set up yet; its log says what is missing.',
    retryAfterSeconds: 30,
  });

/** The answer where there is no application that could give one. */
export function refuseAll(error: unknown): Response {
  const problem = problemOf(error);
  return Response.json(problemDocument(problem, randomUUID()), {
    status: statusOf(problem),
    headers: {
      ...securityHeaders({ https: false }),
      ...problemHeaders(problem),
      'content-type': 'application/problem+json',
    },
  });
}
