import type { PassClaims } from '../domain/pass-token.ts';
import type { CommandContext, CommandPorts } from './command.ts';
import { freshId } from './ids.ts';
import { type PassPrinter, type PrintedPass, printPass } from './print-pass.ts';

export type PassTaken = PrintedPass & {
  readonly outcome: 'taken';
  readonly category: PassClaims['category'];
  readonly partySize: number;
};

export type PassWanted = { readonly category: 'individual' | 'pupil' | 'family'; readonly partySize: number };

/**
 * Hands a visitor a pass of the fair: signed, and no fact. Its stream begins with its first scan.
 * @returns undefined where there is no such fair
 */
export async function takePass(
  ports: CommandPorts & PassPrinter,
  { fair, now }: CommandContext,
  { category, partySize }: PassWanted,
): Promise<PassTaken | { readonly outcome: 'refused'; readonly reason: 'fair-closed' } | undefined> {
  const state = await ports.fairs.load(ports.store, fair);
  if (state.status === 'unknown') return undefined;
  if (state.status === 'closed') return { outcome: 'refused', reason: 'fair-closed' };
  const pass = freshId(now);
  const claims = { fair, pass, source: 'pass' as const, category, partySize, validFrom: null, validUntil: null };
  return { outcome: 'taken', category, partySize, ...(await printPass(ports, claims)) };
}
