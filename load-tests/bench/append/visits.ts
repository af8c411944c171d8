import { randomBytes } from 'node:crypto';
import type { Actor } from '../../../events/envelope.ts';

/** A client's new id, UUIDv7. Chance is drawn in large pieces, so that it costs the same next to nothing for everybody. */
export function newId(): string {
  if (drawn + 10 > chance.length) {
    chance = randomBytes(10 * 1000);
    drawn = 0;
  }
  const hex = chance.toString('hex', drawn, drawn + 10);
  drawn += 10;
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-a${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

let chance = Buffer.alloc(0);
let drawn = 0;

export const fair = newId();
export const actor: Actor = { role: 'device', id: newId() };

/** The data of a visitor's first check-in, the event a fair has most of. */
export const visit = () => ({
  scan: newId(),
  pass: newId(),
  site: 'SAN-CHINH',
  gate: 'CONG-1',
  category: 'individual' as const,
  partySize: 1,
  source: 'pass' as const,
  decidedBy: 'server' as const,
  trust: 'verified' as const,
  persons: 1,
  outcome: 'admitted' as const,
});

/** As long as a real one, for those who compute none. */
export const meta = () => ({ fair, actor, digest: 'x'.repeat(43), correlation: newId() });

/** SQL for the i-th of so many UUIDv7, one a millisecond, the youngest now; `salt` tells several ids of one row apart. */
export const pastId = (salt: string, events: number): string => `(
  lpad(to_hex((extract(epoch from now()) * 1000)::bigint - ${events} + i), 12, '0') || '7' ||
  substr(md5('${salt}' || i), 1, 3) || 'a' || substr(md5('${salt}' || i), 4, 15))::uuid`;
