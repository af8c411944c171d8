import type { Category } from '../../events/fields.ts';
import { recordCorrection as decide } from '../domain/fair.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { fairCommand } from './fair-command.ts';
import type { ToldTimes } from './occurrence.ts';

export type CorrectionRecorded = { readonly outcome: 'recorded'; readonly correction: string };

export type Correction = ToldTimes & {
  readonly correction: string;
  readonly gate: string;
  /** The gate's own, where it is not named. */
  readonly site?: string | undefined;
  readonly day: string;
  readonly category: Category;
  /** Added to visits; may be below 0, not 0. */
  readonly persons: number;
  readonly reason: string;
};

/** Adds persons to visits or takes them away (điều chỉnh), with a reason. */
export const recordCorrection = (
  ports: CommandPorts,
  context: CommandContext,
  { sentAt, occurredAt, ...correction }: Correction,
): Promise<Handled<CorrectionRecorded>> =>
  run(
    ports,
    context,
    fairCommand(context, {
      kind: 'correction',
      id: correction.correction,
      content: correction,
      times: { sentAt, occurredAt },
      decide: (fair, at) => decide(fair, correction, at),
      answer: () => ({ outcome: 'recorded', correction: correction.correction }),
    }),
  );
