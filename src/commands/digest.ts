import { hash } from 'node:crypto';
import type { Actor } from '../../events/envelope.ts';
import { canonicalJson } from '../store/canonical-json.ts';

/**
 * What makes two deliveries the same: the caller, and the content in RFC 8785 form. `sentAt` is left out, since a
 * repeat is sent later.
 * @returns SHA-256 in base64url, 43 characters.
 */
export function digestOf(actor: Actor, kind: string, content: Readonly<Record<string, unknown>>): string {
  const { sentAt: _, ...lasting } = content;
  return hash('sha256', canonicalJson({ actor, kind, content: lasting }), 'base64url');
}
