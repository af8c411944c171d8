/** Every way a request can fail, as it is told to the client (RFC 9457). The key is the end of the problem's `type`. */
export const problemKinds = {
  'bad-request': { status: 400, title: 'The request does not fit; each error names its field' },
  'not-signed-in': { status: 401, title: 'A valid credential is needed' },
  forbidden: { status: 403, title: 'This credential may see this but not do it' },
  'foreign-origin': { status: 403, title: 'A signed-in browser may write from our own pages only' },
  'not-found': { status: 404, title: 'There is nothing here for you' },
  'lost-race': { status: 409, title: 'Others wrote at the same time; try again' },
  'stale-revision': { status: 412, title: 'Somebody changed it meanwhile; read it again' },
  'too-large': { status: 413, title: 'The body is too large' },
  'not-json': { status: 415, title: 'The body must be application/json' },
  'id-already-used': { status: 422, title: 'The id stands for something else already; nothing was changed' },
  'revision-needed': { status: 428, title: 'If-Match with the revision you have read is needed' },
  'too-many-requests': { status: 429, title: 'Too many requests; try again later' },
  broken: { status: 500, title: 'Something broke on our side' },
  busy: { status: 503, title: 'Busy; try again in a moment' },
} as const;

export type ProblemKind = keyof typeof problemKinds;

/** One bad field: where it is (`body.occurredAt`, `path.fair`, `query.after`), and what would be right. */
export type FieldError = { readonly path: string; readonly message: string };

type About = {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
};

/** Thrown wherever a request ends early; `app.ts` makes the document of it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly about: About;

  constructor(kind: ProblemKind, about: About = {}) {
    super(about.detail ?? problemKinds[kind].title);
    this.kind = kind;
    this.about = about;
  }
}

/** The problem that any thrown thing is to the client. What is not ours to explain stays in the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (hasRetryAfter(error)) return new Problem('busy', { retryAfterSeconds: error.retryAfterSeconds });
  return isDatabaseAway(error) ? new Problem('busy', { retryAfterSeconds: 2 }) : new Problem('broken');
}

/** @returns the members of an application/problem+json document. */
export function problemDocument({ kind, about }: Problem, requestId: string): Record<string, unknown> {
  const { status, title } = problemKinds[kind];
  return {
    type: `urn:hoi-sach:problem:${kind}`,
    title,
    status,
    ...(about.detail === undefined ? {} : { detail: about.detail }),
    ...(about.errors === undefined ? {} : { errors: about.errors }),
    requestId,
  };
}

export const statusOf = (problem: Problem): (typeof problemKinds)[ProblemKind]['status'] =>
  problemKinds[problem.kind].status;

export function problemHeaders({ kind, about }: Problem): Record<string, string> {
  return {
    ...(about.retryAfterSeconds === undefined ? {} : { 'retry-after': String(about.retryAfterSeconds) }),
    ...(kind === 'not-signed-in' ? { 'www-authenticate': 'Bearer' } : {}),
  };
}

/** A full queue anywhere behind us says when to come back. */
const hasRetryAfter = (error: unknown): error is { retryAfterSeconds: number } =>
  error instanceof Error && 'retryAfterSeconds' in error && typeof error.retryAfterSeconds === 'number';

/** SQLSTATE classes 08 (connection), 53 (resources), 57P (shutdown) and 58 (system), and a socket that broke; on Workers words alone. */
const AWAY_CODE = /^(08...|53...|57P..|58...|ECONNRESET|EPIPE)$/;
const AWAY_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|connection attempt failed|Network connection lost|Server connection attempt failed|Failed to acquire a connection from the pool)/;

const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isConnecting = 'syscall' in error && error.syscall === 'connect';
  return isConnecting || AWAY_CODE.test(code) || AWAY_MESSAGE.test(error.message);
};
