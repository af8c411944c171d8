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
  readonly pass: string;
  readonly category: Category;
  readonly partySize: number;
};

/** Issues a pass (thẻ tham dự) and says what is to be printed on it. */
export const issuePass = (
  ports: CommandPorts & PassPrinter,
  context: CommandContext,
  { pass, ...terms }: PassTerms & { readonly pass: string },
): Promise<Handled<PassIssued>> => issue(ports, context, { pass, terms, content: terms });

/** @param about the pass's own id, and what makes two deliveries the same */
export async function issue(
  ports: CommandPorts & PassPrinter,
  context: CommandContext,
  about: {
    readonly pass: string;
    readonly batch?: string;
    readonly terms: PassTerms;
    readonly content: Readonly<Record<string, unknown>>;
  },
): Promise<Handled<PassIssued>> {
  const { pass, batch, content } = about;
  const { category, partySize, validFrom, validUntil } = about.terms;
  const validity = {
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
  const data = { pass, ...(batch === undefined ? {} : { batch }), category, partySize, ...validity };
  const handled = await run(ports, context, {
    kind: 'pass',
    id: pass,
    stream: streamOf(context.fair, 'pass', pass),
    content,
    occurredAt: context.now,
    initial: unseenPass,
    evolve: evolvePass,
    decide: (state, fair) => decide(state, data, { fair, occurredAt: context.now }),
    answer: (event): PassClaims => {
      const issued = dataOf(event, 'PassIssued');
      const bounds = { validFrom: issued.validFrom ?? null, validUntil: issued.validUntil ?? null };
      return {
        fair: context.fair,
        pass,
        source: 'pass',
        category: issued.category,
        partySize: issued.partySize,
        ...bounds,
      };
    },
  });
  if (handled.kind !== 'recorded') return handled;
  const printed = await printPass(ports, handled.answer);
  return { ...handled, answer: { outcome: 'issued', pass, category, partySize, ...printed } };
}
