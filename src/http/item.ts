import { authorise } from './authorise.ts';
import type { Ports } from './ports.ts';
import { Problem, problemDocument, problemOf, statusOf } from './problems.ts';
import type { Call, Raw, Route } from './route.ts';

export type ItemReply = { readonly status: number; readonly body: unknown };

/**
 * Answers one item of a batch as its own request would be answered: authorised, limited, read and decided alone.
 * Never throws, so that one item stops no other.
 * @param find the item's route and request; may throw a Problem where it has none
 */
export async function performItem(
  find: () => { readonly route: Route; readonly raw: Raw },
  call: Call,
  ports: Ports,
): Promise<ItemReply> {
  try {
    const exhausted = ports.limits.take(call.caller, call.address);
    if (exhausted) throw new Problem('too-many-requests', exhausted);
    const { route, raw } = find();
    const caller = authorise(route, call.caller, raw.params);
    const reply = await route.perform(raw, { ...call, caller }, ports);
    if (reply instanceof Response) throw new Error(`${route.path} does not answer with JSON`);
    return { status: reply.status, body: reply.body };
  } catch (error) {
    const problem = problemOf(error);
    if (problem !== error) ports.log.error({ err: error, requestId: call.requestId }, problem.message);
    return { status: statusOf(problem), body: problemDocument(problem, call.requestId) };
  }
}
