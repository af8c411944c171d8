import { evolvePass, revokePass as decide, unseenPass } from '../domain/pass.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';

export type PassRevoked = { readonly outcome: 'revoked'; readonly pass: string };

/** Revokes a pass for good: a pass is revoked once, so the revocation has the pass's id. */
export function revokePass(
  ports: CommandPorts,
  context: CommandContext,
  { pass, reason, ...times }: ToldTimes & { readonly pass: string; readonly reason: string },
): Promise<Handled<PassRevoked>> {
  return run(ports, context, {
    kind: 'pass-revocation',
    id: pass,
    stream: streamOf(context.fair, 'pass', pass),
    content: { reason, occurredAt: times.occurredAt },
    ...occurrenceOf(times, context),
    initial: unseenPass,
    evolve: evolvePass,
    decide: (state) => decide(state, { pass, revocation: pass, reason }),
    answer: () => ({ outcome: 'revoked', pass }),
  });
}
