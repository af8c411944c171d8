import { Code } from '../../../events/fields.ts';
import { Poster } from '../../contract/posters.ts';
import { Problem } from '../problems.ts';
import { ok } from '../reply.ts';
import { noQuery, readInFair, type Route } from '../route.ts';

/** For whoever hangs it up: a code that can be asked for from anywhere would let people in from anywhere. */
const read = readInFair({
  path: '/api/fairs/{fair}/gates/{gate}/poster',
  summary: 'The codes that a gate’s poster shows now, on a screen and in print',
  may: ['organiser', 'device'],
  params: { gate: Code },
  query: noQuery,
  answer: Poster,
  handle: async ({ params: { fair, gate }, now }, ports) => {
    const known = await ports.fairs.load(ports.store, fair);
    const found = known.status === 'unknown' ? undefined : known.settings.gates.find(({ code }) => code === gate);
    if (!found) throw new Problem('not-found');
    const { code, validUntil } = ports.posterCodes.onScreen(fair, gate, now);
    const print = found.poster === 'print' ? ports.posterCodes.onPrint(fair, gate) : null;
    return ok({ gate, screen: { code, validUntil: new Date(validUntil).toISOString() }, print });
  },
});

export const posters: readonly Route[] = [read];
