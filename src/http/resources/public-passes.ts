import { takePass } from '../../commands/take-pass.ts';
import { PublicPass, PublicPassBody } from '../../contract/passes.ts';
import { Problem } from '../problems.ts';
import { ok } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';
import { keepPass } from '../visitor-pass.ts';

const take = writeInFair({
  method: 'post',
  path: '/api/fairs/{fair}/public-passes',
  summary: 'Take a pass (nhận thẻ tham dự): signed, anonymous, no fact',
  may: ['public'],
  askedBy: 'crowd',
  body: PublicPassBody,
  answer: PublicPass,
  handle: async ({ body, context }, ports) => {
    const taken = await takePass(ports, context, body);
    if (!taken) throw new Problem('not-found');
    return ok(taken, taken.outcome === 'taken' ? keepPass(ports, context.fair, taken.token) : {});
  },
});

export const publicPasses: readonly Route[] = [take];
