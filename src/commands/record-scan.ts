import type { Direction } from '../../events/fields.ts';
import { evolvePass, unseenPass } from '../domain/pass.ts';
import { recordScan as decide, type ToldOutcome } from '../domain/record-scan.ts';
import { answerIn, type CommandContext, type Handled, run } from './command.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';
import { aloneStream, type CodePorts, contentOf, type GivenCode, readCode, scanStream } from './read-code.ts';
import { type ScanAnswer, scanAnswer } from './scan-answer.ts';

export type ScanRequest = GivenCode &
  ToldTimes & {
    readonly scan: string;
    readonly gate: string;
    readonly direction: Direction;
    readonly persons?: number | undefined;
    readonly decided?: ToldOutcome | undefined;
  };

/** Records what a gate's device read (ghi nhận vào cổng, ghi nhận ra), refusals included. */
export async function recordScan(
  ports: CodePorts,
  context: CommandContext,
  { sentAt, ...request }: ScanRequest,
): Promise<Handled<ScanAnswer>> {
  const { shortCode } = request;
  const before = shortCode === undefined ? undefined : await answeredUnresolved(ports, context, request);
  if (before) return before;
  const code = await readCode(ports, context, request);
  if (code.is === 'unread') return code.handled;
  const occurrence = occurrenceOf({ occurredAt: request.occurredAt, sentAt }, context);
  const { scan, gate, direction, persons, decided } = request;
  const asked = { scan, gate, direction, persons, decided, code, occurredAt: occurrence.occurredAt };
  return run(ports, context, {
    kind: 'scan',
    id: scan,
    stream: scanStream(context.fair, code, scan),
    begins: true,
    content: contentOf(ports, code, request),
    ...occurrence,
    initial: unseenPass,
    evolve: evolvePass,
    decide: (pass, fair) => decide(pass, asked, fair),
    answer: scanAnswer,
  });
}

/**
 * The answer to a scan by short code that could not be resolved when it came first. Asked for before the code is
 * resolved again: a miss that was recorded must not count, and be refused, as often as it is sent.
 */
async function answeredUnresolved(
  ports: CodePorts,
  context: CommandContext,
  request: Omit<ScanRequest, 'sentAt'>,
): Promise<Handled<ScanAnswer> | undefined> {
  const stream = aloneStream(context.fair, request.scan);
  const content = contentOf(ports, undefined, request);
  return answerIn(ports, context, { kind: 'scan', id: request.scan, stream, content, answer: scanAnswer });
}
