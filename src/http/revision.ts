import { Problem } from './problems.ts';
import type { Call } from './route.ts';

/** The ETag of something that counts its revisions from 1. */
export const revisionTag = (revision: number): string => `"${revision}"`;

/**
 * The revision that a change is based on, from `If-Match`.
 * @throws Problem 428 without one; 400 for what is no revision of ours.
 */
export function ifMatch({ request }: Pick<Call, 'request'>): number {
  const header = request.headers.get('if-match');
  if (header === null) throw new Problem('revision-needed');
  const revision = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (revision === undefined) {
    const message = 'must be the ETag of the revision you have read, like "3"';
    throw new Problem('bad-request', { errors: [{ path: 'header.if-match', message }] });
  }
  return Number(revision);
}
