import type { FairEvent } from '../../events/catalogue.ts';
import type { Actor } from '../../events/envelope.ts';
import { evolveUndoable, nothingUndoable, targetAmong, voidFact as decide } from '../domain/void.ts';
import type { ShownCode } from '../domain/record-scan.ts';
import { type CommandContext, type Handled, run } from './command.ts';
import { streamOf } from './ids.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';
import {
  aloneStream,
  type CodePorts,
  contentOf,
  type GivenCode,
  neverRead,
  readCode,
  scanStream,
} from './read-code.ts';

/** What is undone: its kind, the id that the client gave it, and what finds its stream. */
export type UndoTarget =
  /** By its pass, or the code that was read; by neither only where the log has it, and it is of no pass. */
  | ({ readonly kind: 'scan'; readonly id: string; readonly pass?: string | undefined } & GivenCode)
  | { readonly kind: 'walk-in'; readonly id: string }
  | { readonly kind: 'arrival'; readonly id: string; readonly group: string }
  | { readonly kind: 'sale' | 'stock-entry'; readonly id: string; readonly exhibitor: string }
  | { readonly kind: 'return'; readonly id: string; readonly exhibitor: string; readonly sale: string };

export type UndoRequest = UndoTarget & ToldTimes & { readonly void: string; readonly reason: string };

export type FactVoided = {
  /** `pending` until what it names arrives: then it takes effect, or never. */
  readonly outcome: 'voided' | 'pending';
  readonly kind: UndoTarget['kind'];
  readonly id: string;
};

/** Undoes a fact by another one, with a reason (hủy ghi nhận); it may come before what it undoes. */
export async function voidFact(
  ports: CodePorts,
  context: CommandContext,
  { sentAt, ...request }: UndoRequest,
): Promise<Handled<FactVoided>> {
  if (!mayUndo(context.actor, request)) return { kind: 'not-found' };
  const found = await streamOfTarget(ports, context, request);
  if ('kind' in found) return found;
  const { void: id, kind, id: target, reason, occurredAt } = request;
  const occurrence = occurrenceOf({ occurredAt, sentAt }, context);
  const { stream, code, ...bearer } = found;
  const author = { actor: context.actor, occurredAt: occurrence.occurredAt };
  const books = 'exhibitor' in request ? { exhibitor: request.exhibitor } : {};
  const undo = { void: id, kind, target, reason, ...bearer, ...books, ...author };
  return run(ports, context, {
    kind: 'void',
    id,
    stream,
    content: request.kind === 'scan' ? contentOf(ports, code, request) : request,
    ...occurrence,
    initial: nothingUndoable,
    evolve: evolveUndoable,
    decide: (undoable, fair) => decide(undoable, undo, fair),
    answer: (_, earlier) => {
      const known = targetAmong(earlier.reduce(evolveUndoable, nothingUndoable), { kind, target });
      return { outcome: known ? 'voided' : 'pending', kind, id: target };
    },
  });
}

/** Of what its author cannot have written, nothing is said: a device's gate, an exhibitor's own books. */
function mayUndo({ role, id }: Actor, target: UndoTarget): boolean {
  if (role === 'organiser' || role === 'owner') return true;
  if ('exhibitor' in target) return (role === 'exhibitor' || role === 'till') && id === target.exhibitor;
  return role === 'device';
}

/** Where the target is, if what the client says of it is true; and whose stream that is. */
type TargetStream = {
  readonly stream: string;
  readonly pass?: string | null;
  readonly group?: string;
  readonly sale?: string;
  readonly bearer?: 'untold';
  /** What was read, where a code had to be. */
  readonly code?: ShownCode;
};
type Unfound = Exclude<Handled<never>, { kind: 'recorded' }>;

async function streamOfTarget(
  ports: CodePorts,
  context: CommandContext,
  target: UndoTarget & Pick<UndoRequest, 'void'>,
): Promise<TargetStream | Unfound> {
  const { fair } = context;
  if (target.kind === 'arrival') return { stream: namedStream(fair, target), group: target.group };
  if (target.kind === 'return') return { stream: namedStream(fair, target), sale: target.sale };
  if (target.kind !== 'scan') return { stream: namedStream(fair, target) };
  if (target.pass !== undefined) return { stream: streamOf(fair, 'pass', target.pass), pass: target.pass };
  const isTold = target.token !== undefined || target.shortCode !== undefined;
  return isTold
    ? streamOfReadScan(ports, context, target)
    : { stream: aloneStream(fair, target.id), pass: null, bearer: 'untold' };
}

/**
 * The stream of a scan by what was read. A scan whose code could not be resolved when it came stands alone, whatever the
 * code leads to by now; so does an undo of it that was sent before.
 */
async function streamOfReadScan(
  ports: CodePorts,
  context: CommandContext,
  scan: Extract<UndoTarget, { kind: 'scan' }> & Pick<UndoRequest, 'void'>,
): Promise<TargetStream | Unfound> {
  const { fair } = context;
  const refused = neverRead(context, scan);
  if (refused) return refused.handled;
  const alone = aloneStream(fair, scan.id);
  const { events } = await ports.fairs.loadWith(ports.store, fair, alone);
  if (events.some((event) => idOfUndo(event) === undefined || idOfUndo(event) === scan.void))
    return { stream: alone, pass: null };
  const code = await readCode(ports, context, scan);
  if (code.is === 'unread') return code.handled;
  return { stream: scanStream(fair, code, scan.id), pass: code.is === 'pass' ? code.claims.pass : null, code };
}

/** The id of an undo, refused ones among them; undefined where the event is a scan, or its acceptance. */
function idOfUndo({ type, data }: FairEvent): string | undefined {
  if (type === 'FactVoided') return data.void;
  return type === 'RequestRefused' ? data.id : undefined;
}

function namedStream(fair: string, target: Exclude<UndoTarget, { kind: 'scan' }>): string {
  switch (target.kind) {
    case 'arrival':
      return streamOf(fair, 'group', target.group);
    case 'return':
      return streamOf(fair, 'sale', target.sale);
    default:
      return streamOf(fair, target.kind, target.id);
  }
}
