import { recordCorrection } from '../../commands/record-correction.ts';
import { CorrectionBody, CorrectionRecorded } from '../../contract/fairs.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

const correct = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/corrections/{correction}',
  summary: 'Add persons to visits or take them away (điều chỉnh), with a reason',
  may: ['organiser'],
  body: CorrectionBody,
  answer: CorrectionRecorded,
  handle: async ({ params: { correction }, body, context }, ports) =>
    answer(await recordCorrection(ports, context, { correction, ...body })),
});

export const corrections: readonly Route[] = [correct];
