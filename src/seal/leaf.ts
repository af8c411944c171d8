import { hash } from 'node:crypto';
import type { StoredEvent } from '../../events/envelope.ts';
import { canonicalJson } from '../store/canonical-json.ts';

/** Bytes of every hash of the tree: SHA-256. */
export const hashBytes = 32;

/**
 * What the tree holds of one event: SHA-256(0x00 ‖ RFC 8785 of its envelope), as RFC 6962 §2.1 says for a leaf.
 * The envelope is the stored one, never upcast, so that a leaf stays the same for good; times in ms since 1970.
 * @throws where the envelope is no JSON, as a number beyond what a double holds: only tampering can put it there
 */
export const leafHash = (event: StoredEvent): Buffer => hash('sha256', `\u0000${envelopeText(event)}`, 'buffer');

/** RFC 6962 §2.1: the leaf of any entry, in bytes. */
export const entryHash = (entry: Buffer): Buffer => hash('sha256', Buffer.concat([leafPrefix, entry]), 'buffer');

/** The fields that the log keeps of an event, and none that something else may have put beside them. */
export function envelopeOf(event: StoredEvent): StoredEvent {
  const { position, stream, version, id, type, schema, data, meta, occurredAt, recordedAt } = event;
  return { position, stream, version, id, type, schema, data, meta, occurredAt, recordedAt };
}

/** The bytes (UTF-8) that a leaf is the hash of, without the leading 0x00: every field that the log keeps, by name. */
export const envelopeText = (event: StoredEvent): string => canonicalJson(envelopeOf(event));

const leafPrefix = Buffer.from([0]);
