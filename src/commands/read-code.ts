import { foreignCode } from '../domain/foreign-code.ts';
import type { PassClaims } from '../domain/pass-token.ts';
import type { ShownCode } from '../domain/record-scan.ts';
import { readShortCode } from '../domain/short-code.ts';
import type { CommandContext, CommandPorts, Handled } from './command.ts';
import { streamOf } from './ids.ts';
import type { PassIssuer, PassReader } from './pass-reader.ts';

/** Finds the pass of a typed short code for whoever may ask, who may miss only so often. */
export type ShortCodeFinder = {
  find(asked: {
    readonly fair: string;
    readonly code: string;
    readonly by: string;
  }): Promise<PassClaims | 'unknown' | { readonly retryAfterSeconds: number }>;
};

/** A keyed mark of a text that was shown or typed, equal for equal texts. */
export type CodeMarks = (text: string) => string;

/** Tells the signatures of fairs whose private half of the key is at hand. */
export type OwnPasses = {
  ownSignaturesOf(fair: string, passKey: string): Promise<PassIssuer['isOwn']>;
};

export type CodePorts = CommandPorts & {
  readonly passReader: PassReader;
  readonly passKeys: OwnPasses;
  readonly shortCodeFinder: ShortCodeFinder;
  readonly codeMarks: CodeMarks;
};

/** What was shown or typed at the gate; one of the two. */
export type GivenCode = { readonly token?: string | undefined; readonly shortCode?: string | undefined };

/** What a code turned out to be, or why that cannot be said. */
export type ReadCode = ShownCode | Unread;
type Unread = { readonly is: 'unread'; readonly handled: Exclude<Handled<never>, { kind: 'recorded' }> };

/** Reads a code before the stream that it belongs to is loaded. */
export async function readCode(ports: CodePorts, context: CommandContext, given: GivenCode): Promise<ReadCode> {
  const { fair, actor } = context;
  const { token, shortCode } = given;
  const passKey = await ports.fairs.passKeyOf(ports.store, fair);
  if (passKey === undefined) return { is: 'unread', handled: { kind: 'not-found' } };
  const refused = neverRead(context, given);
  if (refused) return refused;
  if (token !== undefined) {
    const isOwn = await ports.passKeys.ownSignaturesOf(fair, passKey);
    return ports.passReader.read(token, { fair, passKey, isOwn });
  }
  const code = shortCode === undefined ? undefined : readShortCode(shortCode);
  if (code === undefined) return { is: 'no-pass', reason: 'unknown-pass' };
  const found = await ports.shortCodeFinder.find({ fair, code, by: `${actor.role} ${actor.id}` });
  if (found === 'unknown') return { is: 'no-pass', reason: 'unknown-pass' };
  if ('retryAfterSeconds' in found) return { is: 'unread', handled: { kind: 'too-many-requests', ...found } };
  return { is: 'pass', claims: found, trust: 'verified' };
}

/** Why a code is not even tried; undefined where it may be. */
export function neverRead({ actor }: CommandContext, { token, shortCode }: GivenCode): Unread | undefined {
  if (token !== undefined && foreignCode(token)) return neverKept('token');
  if (shortCode !== undefined && foreignCode(shortCode)) return neverKept('shortCode');
  if (shortCode !== undefined && actor.role !== 'device') return unread('shortCode', 'is resolved for devices only');
  return undefined;
}

/** Not even a digest of such a code may get into the log. */
const neverKept = (field: 'token' | 'shortCode') =>
  unread(field, 'must not be a citizen’s identity card or a payment code; nothing was kept');

const unread = (field: string, message: string): Unread => ({
  is: 'unread',
  handled: { kind: 'wrong', fields: [{ field, message }] },
});

/**
 * What a command's digest is made of in place of the codes, since no personal data is hashed: only the token of a pass
 * is known to hold none. A short code is marked whether or not it can be resolved yet, so that its repeat stays one.
 */
export const contentOf = <Request extends GivenCode>(
  { codeMarks }: Pick<CodePorts, 'codeMarks'>,
  code: ShownCode | undefined,
  { token, shortCode, ...request }: Request,
) => ({
  ...request,
  token: token === undefined || code?.is === 'pass' ? token : codeMarks(token),
  shortCode: shortCode === undefined ? undefined : codeMarks(shortCode),
});

/** A scan belongs to its pass; one of no pass of this fair stands alone. */
export const scanStream = (fair: string, code: ShownCode, scan: string): string =>
  code.is === 'pass' ? streamOf(fair, 'pass', code.claims.pass) : aloneStream(fair, scan);

/** Where a scan stands whose code was no pass of this fair, or could not be resolved then. */
export const aloneStream = (fair: string, scan: string): string => streamOf(fair, 'scan', scan);
