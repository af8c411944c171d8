import { voidFact } from '../../commands/void-fact.ts';
import { FactVoided, VoidBody } from '../../contract/voids.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

export const undo = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/voids/{void}',
  summary: 'Undo a scan, count, arrival, sale, return or stock entry (hủy ghi nhận), with a reason',
  may: ['device', 'exhibitor', 'till', 'organiser'],
  body: VoidBody,
  answer: FactVoided,
  handle: async ({ params, body, context }, ports) =>
    answer(await voidFact(ports, context, { ...body, void: params.void })),
});

export const voids: readonly Route[] = [undo];
