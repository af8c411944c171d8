import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Actor } from '../../events/envelope.ts';

/**
 * What makes two deliveries the same: the caller, and the content in RFC 8785 form. `sentAt` is left out, since a
 * repeat is sent later.
 * @returns SHA-256 in base64url, 43 characters.
 */
export function digestOf(actor: Actor, kind: string, content: Readonly<Record<string, unknown>>): string {
  const { sentAt: _, ...lasting } = content;
  return hash('sha256', canonicalize({ actor, kind, content: lasting }) ?? '', 'base64url');
}
