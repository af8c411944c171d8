import { isAuditGranted } from '../domain/fair.ts';
import type { CommandPorts } from './command.ts';

/** Whether an organiser may see single sales now, in ms: an auditor has granted it, and the grant has not expired. */
export async function mayAudit(ports: CommandPorts, fair: string, now: number): Promise<boolean> {
  const known = await ports.fairs.load(ports.store, fair);
  return known.status !== 'unknown' && isAuditGranted(known, now);
}
