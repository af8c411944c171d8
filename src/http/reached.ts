import { z } from 'zod';
import type { Ports } from './ports.ts';
import { Problem } from './problems.ts';

/** For reads of what is projected: read your own writes by naming the position that a write was answered with. */
export const afterPosition = {
  after: z.coerce
    .number('must be the position that a write was answered with')
    .pipe(z.int().min(0))
    .optional()
    .describe('Waits until what is read has seen this log position'),
};

const waitMsMax = 5000;

/** @throws Problem 503 when the projections do not get there in time; 400 for a position that the log has not reached either. */
export async function reached(
  { progress, store }: Pick<Ports, 'progress' | 'store'>,
  { after }: { readonly after?: number | undefined },
): Promise<void> {
  if (after === undefined || (await progress.waitFor(after, 0))) return;
  if ((await store.head()) < after) {
    const message = 'must be a position of this log: the one that a write was answered with';
    throw new Problem('bad-request', { errors: [{ path: 'query.after', message }] });
  }
  if (await progress.waitFor(after, waitMsMax)) return;
  throw new Problem('busy', { retryAfterSeconds: 1, detail: 'The figures are behind the log.' });
}
