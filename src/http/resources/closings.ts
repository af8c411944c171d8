import { closeFigures } from '../../commands/close-figures.ts';
import { reopenFigures } from '../../commands/reopen-figures.ts';
import { ClosingBody, FiguresClosed, FiguresReopened, ReopeningBody } from '../../contract/fairs.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

const close = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/closings/{closing}',
  summary: 'Make the figures final (chốt số liệu)',
  may: ['organiser'],
  body: ClosingBody,
  answer: FiguresClosed,
  handle: async ({ params: { closing }, body, context }, ports) =>
    answer(await closeFigures(ports, context, { closing, ...body })),
});

const reopen = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/reopenings/{reopening}',
  summary: 'Make the figures provisional again (mở lại)',
  may: ['organiser'],
  body: ReopeningBody,
  answer: FiguresReopened,
  handle: async ({ params: { reopening }, body, context }, ports) =>
    answer(await reopenFigures(ports, context, { reopening, ...body })),
});

export const closings: readonly Route[] = [close, reopen];
