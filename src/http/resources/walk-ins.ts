import { countWalkIns } from '../../commands/count-walk-ins.ts';
import { WalkInBody, WalkInsCounted } from '../../contract/walk-ins.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

export const walkIn = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/walk-ins/{count}',
  summary: 'Count people who have no pass (khách vãng lai)',
  may: ['device', 'organiser'],
  body: WalkInBody,
  answer: WalkInsCounted,
  handle: async ({ params: { count }, body, context }, ports) =>
    answer(await countWalkIns(ports, context, { count, ...body })),
});

export const walkIns: readonly Route[] = [walkIn];
