import { grantAudit as decide } from '../domain/fair.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { fairCommand } from './fair-command.ts';
import { timeText } from './recorded.ts';

export type AuditGranted = { readonly outcome: 'granted'; readonly grant: string; readonly expiresAt: string };

/** An auditor lets the organiser see single sales until a moment (ms since 1970). */
export const grantAudit = (
  ports: CommandPorts,
  context: CommandContext,
  { grant, expiresAt, reason }: { readonly grant: string; readonly expiresAt: number; readonly reason: string },
): Promise<Handled<AuditGranted>> =>
  run(
    ports,
    context,
    fairCommand(context, {
      kind: 'audit-grant',
      id: grant,
      content: { expiresAt, reason },
      decide: (_, occurredAt) => decide({ grant, expiresAt, reason }, occurredAt),
      answer: () => ({ outcome: 'granted', grant, expiresAt: timeText(expiresAt) }),
    }),
  );
