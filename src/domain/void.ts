import type { FairEvent } from '../../events/catalogue.ts';
import type { Actor } from '../../events/envelope.ts';
import type { VoidableKind, VoidRefusal } from '../../events/void.ts';
import { type Decided, type Missed, notFound } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';
import { type Wrong, wrong } from './wrong-field.ts';

/** Who wrote a fact, and when it happened (ms, corrected for skew). */
export type Authored = { readonly actor: Actor; readonly occurredAt: number };

const undoMinutesMax = 15;

/**
 * Whether an undo (hủy ghi nhận) takes effect on its target: always when the organiser wrote it; else only within 15
 * minutes by the target's own author, that is the same device or, for sales and stock, the same exhibitor. An undo
 * that seems to come before its target is in time: the two were delivered, and corrected for skew, apart.
 * Source: domain, “At the gate”.
 */
export const voidTakesEffect = (undo: Authored, target: Authored): boolean => refusedUndo(undo, target) === undefined;

/** Something that an undo can name; `id` is the one the client gave it. */
export type Target = Authored & {
  readonly kind: VoidableKind;
  readonly id: string;
  /** Whose books it is in, of what is in books. */
  readonly exhibitor?: string;
};

/** What there is to undo in a stream, and the undoings of it, in whatever order they came. */
export type Undoable = {
  readonly targets: readonly Target[];
  readonly undoings: readonly (Authored & { readonly kind: VoidableKind; readonly target: string })[];
};

export const nothingUndoable: Undoable = { targets: [], undoings: [] };

export function evolveUndoable(undoable: Undoable, event: FairEvent): Undoable {
  const author = { actor: event.meta.actor, occurredAt: event.occurredAt };
  if (event.type === 'FactVoided') {
    const { kind, target } = event.data;
    return { ...undoable, undoings: [...undoable.undoings, { ...author, kind, target }] };
  }
  const named = nameOf(event);
  return named ? { ...undoable, targets: [...undoable.targets, { ...author, ...named }] } : undoable;
}

/** Whether an undo of this fact is there and takes effect. */
export const isVoided = ({ undoings }: Undoable, target: Target): boolean =>
  undoings.some((undo) => undo.kind === target.kind && undo.target === target.id && voidTakesEffect(undo, target));

export type Undo = Authored & {
  readonly void: string;
  readonly kind: VoidableKind;
  readonly target: string;
  readonly reason: string;
  /** Whose stream this is: the pass of a scan, the group of an arrival, the sale of a return. */
  readonly pass?: string | null;
  readonly group?: string;
  readonly sale?: string;
  /** In whose books the target is, as the client says. */
  readonly exhibitor?: string;
  /** `untold` where the client named neither the pass of a scan nor what was read: only what is here is undone. */
  readonly bearer?: 'untold';
};

/**
 * An undo that would change nothing is refused; one whose target has not arrived yet is recorded, and takes effect
 * then or never. Of what is in another exhibitor's books nothing is said.
 */
export function voidFact(
  undoable: Undoable,
  undo: Undo,
  fair: OpenFair,
): Decided<'FactVoided', VoidRefusal> | Missed | Wrong {
  const target = targetAmong(undoable, undo);
  if (!target && undo.bearer === 'untold')
    return wrong('pass', 'must name the pass of the scan, unless what was read is told; this scan was one of a pass');
  if (isAfterClosing(fair, undo.occurredAt)) return { refused: 'fair-closed' };
  if (target?.exhibitor !== undefined && undo.exhibitor !== undefined && target.exhibitor !== undo.exhibitor)
    return notFound;
  const refused = target && refusedUndo(undo, target);
  if (refused) return { refused };
  if (target && isVoided(undoable, target)) return { refused: 'already-voided' };
  if (target?.kind === 'sale' && hasReturns(undoable, target)) return { refused: 'has-returns' };
  const { actor: _, occurredAt: __, exhibitor: ___, bearer: ____, ...data } = undo;
  return { type: 'FactVoided', data };
}

/** What an undo names, if it is known here already. */
export const targetAmong = (
  { targets }: Undoable,
  undo: { readonly kind: VoidableKind; readonly target: string },
): Target | undefined => targets.find(({ kind, id }) => kind === undo.kind && id === undo.target);

/** What came back of a sale that never was would count by itself: the returns are undone first. */
const hasReturns = (undoable: Undoable, sale: Target): boolean =>
  undoable.targets.some(
    (each) =>
      each.kind === 'return' && lastingAuthor(each.actor) === lastingAuthor(sale.actor) && !isVoided(undoable, each),
  );

function refusedUndo(undo: Authored, target: Authored): 'not-yours' | 'too-late' | undefined {
  if (undo.actor.role === 'organiser' || undo.actor.role === 'owner') return undefined;
  const author = lastingAuthor(undo.actor);
  if (author === undefined || author !== lastingAuthor(target.actor)) return 'not-yours';
  return undo.occurredAt - target.occurredAt > undoMinutesMax * 60_000 ? 'too-late' : undefined;
}

/** An exhibitor and its tills are one author; the public and whoever holds a link can undo nothing. */
function lastingAuthor({ role, id }: Actor): string | undefined {
  if (role === 'device') return `device ${id}`;
  return role === 'exhibitor' || role === 'till' ? `exhibitor ${id}` : undefined;
}

/** What an undo would call this fact; undefined where it cannot be undone. */
function nameOf(event: FairEvent): Pick<Target, 'kind' | 'id' | 'exhibitor'> | undefined {
  switch (event.type) {
    case 'VisitorCheckedIn':
    case 'VisitorCheckedOut':
    case 'ScanRefused':
      return { kind: 'scan', id: event.data.scan };
    case 'WalkInsCounted':
      return { kind: 'walk-in', id: event.data.count };
    case 'GroupArrived':
      return { kind: 'arrival', id: event.data.arrival };
    case 'SaleRecorded':
      return { kind: 'sale', id: event.data.sale, exhibitor: event.data.exhibitor };
    case 'SaleReturned':
      return { kind: 'return', id: event.data.return, exhibitor: event.data.exhibitor };
    case 'StockRecorded':
      return { kind: 'stock-entry', id: event.data.entry, exhibitor: event.data.exhibitor };
    default:
      return undefined;
  }
}
