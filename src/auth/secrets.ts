import { createHmac, hash, randomBytes } from 'node:crypto';

/** What a secret is for stands in front of it, so that a person or a scanner of leaked secrets can tell. */
const prefixes = { token: 'hst', session: 'hss', 'sign-in': 'hsi', enrolment: 'hse', link: 'hsl' } as const;

export type SecretKind = keyof typeof prefixes;

const secretBytes = 32;

/** Whether a text could be a secret at all, so that one that is made up costs no look-up. */
export const hasSecretForm = (text: string): boolean => secretForm.test(text);

const secretForm = new RegExp(`^(${Object.values(prefixes).join('|')})_[\\w-]{43}$`);

export const newSecret = (kind: SecretKind): string =>
  `${prefixes[kind]}_${randomBytes(secretBytes).toString('base64url')}`;

/**
 * A secret that the same request gets again when it is repeated, without being kept anywhere.
 * @param key 32 bytes that only the server has
 * @param name what the secret was asked for with; whoever knows it but not the key learns nothing
 */
export const derivedSecret = (kind: SecretKind, key: Buffer, name: readonly string[]): string =>
  `${prefixes[kind]}_${createHmac('sha256', key)
    .update(JSON.stringify([kind, ...name]))
    .digest('base64url')}`;

/** SHA-256: a secret holds 256 bits of chance, so that a slow hash would protect nothing more. */
export const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** The same in base64url, by which a credential is named. */
export const hashTextOf = (secret: string): string => hash('sha256', secret, 'base64url');
