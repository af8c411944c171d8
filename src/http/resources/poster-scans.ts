import { recordPosterScan } from '../../commands/record-poster-scan.ts';
import { PosterScanAnswer, PosterScanBody } from '../../contract/scans.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';
import { heldPass, keepPass } from '../visitor-pass.ts';

/** A phone that has this fair's pass scans that one; another gets a pass, in a cookie of its own. */
const tap = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/poster-scans/{scan}',
  summary: 'A visitor’s own tap on the code of a gate’s poster',
  may: ['public'],
  askedBy: 'crowd',
  body: PosterScanBody,
  answer: PosterScanAnswer,
  handle: async ({ params: { fair, scan }, body, context, request }, ports) => {
    const held = heldPass(ports, request, fair);
    const handled = await recordPosterScan(ports, context, { ...body, scan, held });
    const reply = answer(handled);
    if (handled.kind !== 'recorded') return reply;
    return { ...reply, headers: { ...reply.headers, ...keepPass(ports, fair, handled.answer.token) } };
  },
});

export const posterScans: readonly Route[] = [tap];
