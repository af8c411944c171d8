import { createFair } from '../../commands/create-fair.ts';
import { reviseFair } from '../../commands/revise-fair.ts';
import { Fair, FairBody, FairCreated, FairRevised, RevisionBody } from '../../contract/fairs.ts';
import { Problem } from '../problems.ts';
import { answer, ok } from '../reply.ts';
import { ifMatch, revisionTag } from '../revision.ts';
import { noQuery, readInFair, type Route, writeInFair } from '../route.ts';

const create = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}',
  summary: 'Found a fair: its days, sites, gates and rules',
  may: ['owner'],
  body: FairBody,
  answer: FairCreated,
  handle: async ({ params: { fair }, body, context }, ports) =>
    answer(await createFair(ports, context, { fair, settings: body })),
});

const read = readInFair({
  path: '/api/fairs/{fair}',
  summary: 'The days, sites, gates and rules of a fair, and the key that checks its passes',
  may: ['public'],
  query: noQuery,
  answer: Fair,
  handle: async ({ params: { fair } }, ports) => {
    const known = await ports.fairs.load(ports.store, fair);
    if (known.status === 'unknown') throw new Problem('not-found');
    const { revision, status, settings, passKey } = known;
    return ok({ fair, revision, status, settings, passKey }, { etag: revisionTag(revision) });
  },
});

const revise = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/revisions/{revision}',
  summary: 'Replace the settings of a fair, with If-Match',
  may: ['organiser'],
  body: RevisionBody,
  answer: FairRevised,
  handle: async (asked, ports) => {
    const { params, body, context } = asked;
    const basedOn = ifMatch(asked);
    return answer(await reviseFair(ports, context, { revision: params.revision, settings: body, basedOn }));
  },
});

export const fairs: readonly Route[] = [create, read, revise];
