import type { ProjectedOf, ProjectedFact } from '../../events/catalogue.ts';
import { byOccurrence } from '../../src/domain/visits.ts';
import type { PassNote } from './tables.ts';

/** The empty note of the pass of which an event says something; undefined for other events, and for a pass without limits. */
export function noteOf(event: ProjectedFact): PassNote | undefined {
  if (event.type !== 'PassRevoked' && !isLimiting(event)) return undefined;
  const nothing = { valid_from: null, valid_until: null, revocation: null, revoked_at: null };
  return { fair: event.meta.fair, pass: event.data.pass, ...nothing };
}

const isLimiting = (event: ProjectedFact): event is ProjectedOf<'PassIssued'> =>
  event.type === 'PassIssued' && (event.data.validFrom ?? event.data.validUntil ?? null) !== null;

/** What is known of a pass after one more event about it. */
export function noteAfter(note: PassNote, event: ProjectedFact): PassNote {
  if (event.type === 'PassIssued') {
    return { ...note, valid_from: event.data.validFrom ?? null, valid_until: event.data.validUntil ?? null };
  }
  if (event.type !== 'PassRevoked') return note;
  const revocation = { id: event.data.revocation, occurredAt: event.occurredAt };
  const known =
    note.revocation !== null && note.revoked_at !== null
      ? { id: note.revocation, occurredAt: note.revoked_at }
      : revocation;
  const earliest = byOccurrence(known, revocation) <= 0 ? known : revocation;
  return { ...note, revocation: earliest.id, revoked_at: earliest.occurredAt };
}
