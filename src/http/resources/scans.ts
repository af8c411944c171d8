import { acceptScan } from '../../commands/accept-scan.ts';
import { recordScan } from '../../commands/record-scan.ts';
import { AcceptanceBody, ScanAccepted, ScanAnswer, ScanBody } from '../../contract/scans.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

export const scan = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/scans/{scan}',
  summary: 'Record what a gate’s device read: let in, let out or refused',
  may: ['device', 'organiser'],
  body: ScanBody,
  answer: ScanAnswer,
  handle: async ({ params, body, context }, ports) =>
    answer(await recordScan(ports, context, { ...body, scan: params.scan })),
});

const accept = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/scans/{scan}/acceptance',
  summary: 'Let an unverified scan count from now on',
  may: ['organiser'],
  body: AcceptanceBody,
  answer: ScanAccepted,
  handle: async ({ params, body, context }, ports) =>
    answer(await acceptScan(ports, context, { ...body, scan: params.scan })),
});

export const scans: readonly Route[] = [scan, accept];
