import type { Category } from '../../events/fields.ts';
import type { PassClaims } from '../domain/pass-token.ts';
import type { CommandContext, CommandPorts, Handled } from './command.ts';
import { deriveId } from './ids.ts';
import { issue, type PassTerms } from './issue-pass.ts';
import { type PassPrinter, type PrintedPass, printPasses } from './print-pass.ts';

export type BatchIssued = {
  readonly outcome: 'issued';
  readonly batch: string;
  readonly category: Category;
  readonly partySize: number;
  readonly passes: readonly PrintedPass[];
};

export type Batch = PassTerms & { readonly batch: string; readonly count: number };

/**
 * Issues `count` passes alike, each a fact of its own; their ids follow from the batch's. A batch that broke off is
 * finished by its repeat. The first pass is issued alone: where the batch's id stands for other content, it says so
 * before anything is done.
 */
export async function issueBatch(
  ports: CommandPorts & PassPrinter,
  context: CommandContext,
  { batch, ...content }: Batch,
): Promise<Handled<BatchIssued>> {
  const issueOne = (index: number): Promise<Handled<PassClaims>> => {
    const pass = deriveId(context.fair, `pass ${index} of batch`, batch);
    return issue(ports, context, { pass, batch, terms: content, content: { ...content, batch } });
  };
  const first = await issueOne(0);
  if (first.kind !== 'recorded') return first;
  const others = await Promise.all(Array.from({ length: content.count - 1 }, (_, index) => issueOne(index + 1)));
  const issued = [first];
  for (const handled of others) {
    if (handled.kind !== 'recorded') return handled;
    issued.push(handled);
  }
  const { category, partySize } = content;
  const claims = issued.map(({ answer }) => answer);
  const passes = await printPasses(ports, context.fair, claims);
  return {
    kind: 'recorded',
    position: Math.max(...issued.map(({ position }) => position)),
    repeated: issued.every(({ repeated }) => repeated),
    answer: { outcome: 'issued', batch, category, partySize, passes },
  };
}
