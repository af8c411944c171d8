import type { Direction } from '../../events/fields.ts';
import { evolvePass, unseenPass } from '../domain/pass.ts';
import { recordScan as decide, type ToldOutcome } from '../domain/record-scan.ts';
import { type CommandContext, type Handled, run } from './command.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';
import { type CodePorts, contentOf, type GivenCode, readCode, scanStream } from './read-code.ts';
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
  const code = await readCode(ports, context, request);
  if (code.is === 'unread') return code.handled;
  const occurrence = occurrenceOf({ occurredAt: request.occurredAt, sentAt }, context);
  const { scan, gate, direction, persons, decided } = request;
  const asked = { scan, gate, direction, persons, decided, code, occurredAt: occurrence.occurredAt };
  return run(ports, context, {
    kind: 'scan',
    id: scan,
    stream: scanStream(context.fair, code, scan),
    content: contentOf(ports, code, request),
    ...occurrence,
    initial: unseenPass,
    evolve: evolvePass,
    decide: (pass, fair) => decide(pass, asked, fair),
    answer: scanAnswer,
  });
}
