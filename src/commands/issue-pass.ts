import type { DataOf } from '../../events/catalogue.ts';
import type { Category } from '../../events/fields.ts';
import { evolvePass, issuePass as decide, unseenPass } from '../domain/pass.ts';
import type { PassClaims } from '../domain/pass-token.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';
import { type PassPrinter, type PrintedPass, printPass } from './print-pass.ts';
import { dataOf } from './recorded.ts';

export type PassTerms = {
  readonly category: Category;
  readonly partySize: number;
  /** The moments, ms since 1970 and whole seconds, between which it lets in. */
  readonly validFrom?: number | undefined;
  readonly validUntil?: number | undefined;
};

export type PassIssued = PrintedPass & {
  readonly outcome: 'issued';
  readonly category: Category;
  readonly partySize: number;
};

/** Issues a pass (thẻ tham dự) and says what is to be printed on it. */
export async function issuePass(
  ports: CommandPorts & PassPrinter,
  context: CommandContext,
  { pass, ...terms }: PassTerms & { readonly pass: string },
): Promise<Handled<PassIssued>> {
  const handled = await issue(ports, context, { pass, terms, content: terms });
  if (handled.kind !== 'recorded') return handled;
  const { category, partySize } = handled.answer;
  return {
    ...handled,
    answer: { outcome: 'issued', category, partySize, ...(await printPass(ports, handled.answer)) },
  };
}

type Issue = {
  readonly pass: string;
  readonly batch?: string;
  readonly terms: PassTerms;
  /** What makes two deliveries the same. */
  readonly content: Readonly<Record<string, unknown>>;
};

/** Records that a pass was issued. */
export function issue(
  ports: CommandPorts,
  context: CommandContext,
  { pass, batch, terms, content }: Issue,
): Promise<Handled<PassClaims>> {
  return run(ports, context, {
    kind: 'pass',
    id: pass,
    stream: streamOf(context.fair, 'pass', pass),
    content,
    occurredAt: context.now,
    initial: unseenPass,
    evolve: evolvePass,
    decide: (state, fair) => decide(state, issuedAs(pass, batch, terms), { fair, occurredAt: context.now }),
    answer: (event) => {
      const { category, partySize, validFrom = null, validUntil = null } = dataOf(event, 'PassIssued');
      return { fair: context.fair, pass, source: 'pass', category, partySize, validFrom, validUntil };
    },
  });
}

const issuedAs = (
  pass: string,
  batch: string | undefined,
  { category, partySize, validFrom, validUntil }: PassTerms,
): DataOf<'PassIssued'> => ({
  pass,
  category,
  partySize,
  ...(batch === undefined ? {} : { batch }),
  ...(validFrom === undefined ? {} : { validFrom }),
  ...(validUntil === undefined ? {} : { validUntil }),
});
