import { hash } from 'node:crypto';
import { z } from 'zod';
import { FiguresDocument, PublicFigures } from '../../contract/figures.ts';
import { publicFigures } from '../../figures/document.ts';
import { type Caller, staffRoles } from '../caller.ts';
import { figuresOf } from '../known-fair.ts';
import type { Ports } from '../ports.ts';
import { Problem } from '../problems.ts';
import { readInFair, type Route } from '../route.ts';

const waitMsMax = 5000;

/** Viewers and more see every figure; everybody else sees the total. */
export const audienceOf = ({ actor }: Caller): 'viewers' | 'everybody' =>
  staffRoles.includes(actor.role) ? 'viewers' : 'everybody';

const read = readInFair({
  path: '/api/fairs/{fair}/figures',
  summary: 'The figures of a fair, each with its definition: all of them for viewers and more, the total for everybody',
  may: ['public'],
  query: z.object({
    after: z.coerce
      .number('must be the position that a write was answered with')
      .pipe(z.int().min(0))
      .optional()
      .describe('Waits until the figures have seen this log position'),
  }),
  answer: z.union([FiguresDocument, PublicFigures]),
  handle: async ({ params: { fair }, query: { after }, caller, request }, ports) => {
    if (after !== undefined) await reached(ports, after);
    const document = await figuresOf(ports, fair);
    const audience = audienceOf(caller);
    return tagged(audience === 'viewers' ? document : publicFigures(document), request, cacheControl[audience]);
  },
});

/** Everybody's total may be kept by whatever stands between, for as long as a reader would take to ask again. */
const cacheControl = { viewers: 'private, no-cache', everybody: 'public, max-age=2' } as const;

/** @throws Problem 503 when the figures do not get there in time; 400 for a position that the log has not reached either. */
async function reached({ progress, store }: Ports, after: number): Promise<void> {
  if (await progress.waitFor(after, 0)) return;
  if ((await store.head()) < after) {
    const message = 'must be a position of this log: the one that a write was answered with';
    throw new Problem('bad-request', { errors: [{ path: 'query.after', message }] });
  }
  if (await progress.waitFor(after, waitMsMax)) return;
  throw new Problem('busy', { retryAfterSeconds: 1, detail: 'The figures are behind the log.' });
}

/** The same figures again cost a reader who has them nothing but the question. */
function tagged(figures: FiguresDocument | PublicFigures, request: Request, cache: string): Response {
  const json = new TextEncoder().encode(JSON.stringify(figures));
  const etag = `"${hash('sha256', json, 'base64url').slice(0, 22)}"`;
  const headers = { etag, 'cache-control': cache, vary: 'Authorization, Cookie' };
  const known = request.headers.get('if-none-match')?.split(',') ?? [];
  if (known.some((tag) => tag.trim().replace(/^W\//, '') === etag)) return new Response(null, { status: 304, headers });
  const about = { 'content-type': 'application/json', 'content-length': String(json.byteLength) };
  return new Response(json, { headers: { ...headers, ...about } });
}

export const figures: readonly Route[] = [read];
