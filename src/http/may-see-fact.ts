import type { StoredEvent } from '../../events/envelope.ts';
import { mayAudit } from '../commands/audit.ts';
import type { Caller } from './caller.ts';
import type { Ports } from './ports.ts';

/** Whether staff may look at one fact: it is of their fair, and no single sale, unless an auditor lets an organiser look. */
export async function maySeeFact(
  ports: Ports,
  { caller, now }: { readonly caller: Caller; readonly now: number },
  { type, meta }: StoredEvent,
): Promise<boolean> {
  if (caller.fair !== null && caller.fair !== meta.fair) return false;
  return !isSingleSale(type) || caller.actor.role === 'auditor' || mayAudit(ports, meta.fair, now);
}

/** What one customer bought: an organiser sees sales as totals. */
const isSingleSale = (type: string): boolean => type === 'SaleRecorded' || type === 'SaleReturned';
