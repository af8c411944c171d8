import type { FairEvent } from '../../events/catalogue.ts';
import type { CommandContext, CommandPorts, Handled } from '../commands/command.ts';

/** What reactions stand on. */
export type ReactionPorts = CommandPorts & {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Kills whatever a device holds to show who it is, on all nodes; doing it again changes nothing. */
  readonly revokeDevice: (device: { readonly fair: string; readonly device: string }) => Promise<void>;
};

/** The context of what follows from a fact: by nobody in person, and named as caused by it. */
export const contextOf = ({ id, meta }: FairEvent, { clock }: ReactionPorts): CommandContext => ({
  fair: meta.fair,
  actor: { role: 'system', id: 'reactions' },
  correlation: meta.correlation,
  causation: id,
  now: clock(),
});

/** When it happened: with its cause, so that a late reaction changes nothing about the past, nor meets a closing. */
export const atTimeOf = ({ occurredAt }: FairEvent): { readonly occurredAt: number } => ({ occurredAt });

/**
 * The reason of a refusal, undefined where the command was recorded.
 * @throws Error for what a command of ours should never meet, and for a lost race: the reaction is then tried again
 */
export function refusalIn(handled: Handled<unknown>): string | undefined {
  if (handled.kind === 'recorded') return undefined;
  if (handled.kind === 'refused') return handled.reason;
  throw new Error(`a reaction's command came to ${handled.kind}`);
}
