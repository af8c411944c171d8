import { acceptScan as decide, evolvePass, unseenPass } from '../domain/pass.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';

export type ScanAccepted = { readonly outcome: 'accepted'; readonly scan: string };

/**
 * Lets an unverified scan count from now on. `pass` finds it: null for a scan of no known pass. A scan is accepted once,
 * so the acceptance has the scan's id.
 */
export function acceptScan(
  ports: CommandPorts,
  context: CommandContext,
  { scan, pass }: { readonly scan: string; readonly pass: string | null },
): Promise<Handled<ScanAccepted>> {
  const { fair, now } = context;
  return run(ports, context, {
    kind: 'acceptance',
    refusals: 'decided-anew',
    id: scan,
    stream: pass === null ? streamOf(fair, 'scan', scan) : streamOf(fair, 'pass', pass),
    content: { pass },
    occurredAt: now,
    initial: unseenPass,
    evolve: evolvePass,
    decide: (state, known) => decide(state, { acceptance: scan, scan }, { fair: known, occurredAt: now }),
    answer: () => ({ outcome: 'accepted', scan }),
  });
}
