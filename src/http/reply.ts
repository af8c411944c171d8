import type { Handled } from '../commands/command.ts';
import { badRequest } from './field-errors.ts';
import { Problem } from './problems.ts';

/** What a handler says: a status, a JSON body, headers beyond the usual ones. */
export type Reply = {
  readonly status: 200 | 201 | 204 | 304;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export const ok = (body: unknown, headers?: Readonly<Record<string, string>>): Reply => ({
  status: 200,
  body,
  ...(headers === undefined ? {} : { headers }),
});

/**
 * The answer to a command. A repeat's body equals the first one's; only the header `Repeated` tells them apart.
 * @throws Problem `bad-request` (400), `not-found` (404), `lost-race` (409), `stale-revision` (412),
 *   `id-already-used` (422), `too-many-requests` (429).
 */
export function answer<Body extends object>(handled: Handled<Body>): Reply {
  if (handled.kind === 'recorded') {
    return ok({ ...handled.answer, position: handled.position }, { repeated: String(handled.repeated) });
  }
  if (handled.kind === 'refused') return ok({ outcome: 'refused', reason: handled.reason, ...handled.details });
  if (handled.kind === 'wrong') {
    throw badRequest(handled.fields.map(({ field, message }) => ({ path: `body.${field}`, message })));
  }
  if (handled.kind === 'race') throw new Problem('lost-race', { retryAfterSeconds: 1 });
  if (handled.kind === 'too-many-requests') {
    throw new Problem(handled.kind, { retryAfterSeconds: handled.retryAfterSeconds });
  }
  throw new Problem(handled.kind);
}
