import { issueBatch } from '../../commands/issue-batch.ts';
import { issuePass } from '../../commands/issue-pass.ts';
import { revokePass } from '../../commands/revoke-pass.ts';
import {
  BatchBody,
  BatchIssued,
  PassBody,
  PassIssued,
  PassRevocationBody,
  PassRevoked,
} from '../../contract/passes.ts';
import { answer } from '../reply.ts';
import { type Route, writeInFair } from '../route.ts';

const issue = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/passes/{pass}',
  summary: 'Issue a pass: the text of its QR code, and its short code',
  may: ['organiser'],
  body: PassBody,
  answer: PassIssued,
  handle: async ({ params: { pass }, body, context }, ports) =>
    answer(await issuePass(ports, context, { pass, ...body })),
});

const issueMany = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/passes/batches/{batch}',
  summary: 'Issue up to 500 passes alike',
  may: ['organiser'],
  body: BatchBody,
  answer: BatchIssued,
  handle: async ({ params: { batch }, body, context }, ports) =>
    answer(await issueBatch(ports, context, { batch, ...body })),
});

const revoke = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/passes/{pass}/revocation',
  summary: 'Revoke a pass for good',
  may: ['organiser'],
  body: PassRevocationBody,
  answer: PassRevoked,
  handle: async ({ params: { pass }, body, context }, ports) =>
    answer(await revokePass(ports, context, { pass, ...body })),
});

export const passes: readonly Route[] = [issue, issueMany, revoke];
