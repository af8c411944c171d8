import { hash } from 'node:crypto';
import { z } from 'zod';
import { FiguresDocument, PublicFigures } from '../../contract/figures.ts';
import { documentIn, publicFigures } from '../../figures/document.ts';
import { type Caller, staffRoles } from '../caller.ts';
import { figuresOf } from '../known-fair.ts';
import { asksPast, inThePast, nothingKnown, pastMoments } from '../past.ts';
import { afterPosition, reached } from '../reached.ts';
import { ok } from '../reply.ts';
import { readInFair, type Route } from '../route.ts';

/** Viewers and more see every figure; everybody else sees the total. */
export const audienceOf = ({ actor }: Caller): 'viewers' | 'everybody' =>
  staffRoles.includes(actor.role) ? 'viewers' : 'everybody';

const read = readInFair({
  path: '/api/fairs/{fair}/figures',
  summary: 'The figures of a fair, each with its definition: all of them for viewers and more, the total for everybody',
  may: ['public'],
  query: z.object({ ...afterPosition, ...pastMoments }),
  answer: z.union([FiguresDocument, PublicFigures]),
  handle: async ({ params: { fair }, query, caller, request, now }, ports) => {
    if (asksPast(query)) return ok((await pastFigures(ports, { fair, query, caller, now })) ?? nothingKnown(), notKept);
    await reached(ports, query);
    const document = await figuresOf(ports, fair);
    const audience = audienceOf(caller);
    return tagged(audience === 'viewers' ? document : publicFigures(document), request, cacheControl[audience]);
  },
});

const notKept = { 'cache-control': 'private, no-store' };

/**
 * The figures as they were; undefined where nothing was known of the fair then.
 * @throws Problem as `inThePast` does
 */
export const pastFigures = (...[ports, asking]: AskedOfPast): Promise<FiguresDocument | undefined> =>
  inThePast(ports, asking, async (then, past) => {
    const document = await documentIn(then, asking.fair, past.asOf, past.trueAt);
    return document && { ...document, knownAt: new Date(past.knownAt).toISOString() };
  });

type AskedOfPast = readonly [Parameters<typeof inThePast>[0], Parameters<typeof inThePast>[1]];

/** Everybody's total may be kept by whatever stands between, for as long as a reader would take to ask again. */
const cacheControl = { viewers: 'private, no-cache', everybody: 'public, max-age=2' } as const;

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
