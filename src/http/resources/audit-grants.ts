import { grantAudit } from '../../commands/grant-audit.ts';
import { AuditGrantBody, AuditGranted } from '../../contract/fairs.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

const grant = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/audit-grants/{grant}',
  summary: 'Let the organiser see single sales until a moment',
  may: ['auditor'],
  body: AuditGrantBody,
  answer: AuditGranted,
  handle: async ({ params, body, context }, ports) =>
    answer(await grantAudit(ports, context, { grant: params.grant, ...body })),
});

export const auditGrants: readonly Route[] = [grant];
