import type { EventType, FairEvent } from '../../events/catalogue.ts';

type Of<Type extends EventType> = Extract<FairEvent, { type: Type }>;

export const ofType = <Type extends EventType>(facts: readonly FairEvent[], type: Type): Of<Type>[] =>
  facts.filter((event): event is Of<Type> => event.type === type);

export const total = <Item>(items: readonly Item[], amount: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + amount(item), 0);

/** `yyyy-mm-dd` in Việt Nam, seven hours ahead of UTC. */
export const dayOf = (moment: number): string => new Date(moment + 7 * 3_600_000).toISOString().slice(0, 10);

/** `HH:mm` in Việt Nam. */
export const timeOf = (moment: number): string => new Date(moment + 7 * 3_600_000).toISOString().slice(11, 16);

/** Events of a kind that no valid undo names; the undo may stand before or after its target. */
export function unvoided<Event extends FairEvent>(
  facts: readonly FairEvent[],
  events: readonly Event[],
  nameOf: (event: Event) => { kind: string; id: string },
): Event[] {
  const undoings = Map.groupBy(ofType(facts, 'FactVoided'), ({ data }) => `${data.kind} ${data.target}`);
  return events.filter((event) => {
    const { kind, id } = nameOf(event);
    return !(undoings.get(`${kind} ${id}`) ?? []).some((undo) => isOf(undo.data, event.data) && mayUndo(undo, event));
  });
}

type Bearer = {
  readonly pass?: string | null | undefined;
  readonly group?: string | undefined;
  readonly sale?: string | undefined;
};

/** Where an undo names a pass (or that there is none), a group or a sale, it is about facts of that one alone. */
function isOf(undo: Bearer, target: object): boolean {
  const { pass, group, sale }: Bearer = target;
  return (
    (undo.pass === undefined || undo.pass === pass) &&
    (undo.group === undefined || undo.group === group) &&
    (undo.sale === undefined || undo.sale === sale)
  );
}

/** The organiser always may; a device its own within 15 minutes, an exhibitor or its till theirs. */
function mayUndo(undo: FairEvent, target: FairEvent): boolean {
  const by = undo.meta.actor;
  if (by.role === 'organiser' || by.role === 'owner') return true;
  const author = authorOf(undo);
  if (author === null || author !== authorOf(target)) return false;
  return undo.occurredAt - target.occurredAt <= 15 * 60 * 1000;
}

/** An exhibitor and its tills are one; nobody else but a device can undo. */
function authorOf({ meta: { actor } }: FairEvent): string | null {
  if (actor.role === 'device') return `device ${actor.id}`;
  return actor.role === 'exhibitor' || actor.role === 'till' ? `exhibitor ${actor.id}` : null;
}

/** The last one by the time it happened, then by its id. */
export const latestBy = <Event extends FairEvent>(
  events: readonly Event[],
  id: (event: Event) => string,
): Event | undefined => [...events].sort((a, b) => a.occurredAt - b.occurredAt || (id(a) < id(b) ? -1 : 1)).at(-1);
