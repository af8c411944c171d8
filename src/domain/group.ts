import type { DataOf, FairEvent } from '../../events/catalogue.ts';
import type { GroupDetails } from '../../events/group.ts';
import { type Decided, type Missed, notFound } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';
import { placeOf } from './place.ts';
import { evolveUndoable, nothingUndoable, type Undoable } from './void.ts';
import { type Wrong, wrong } from './wrong-field.ts';

export type UnknownGroup = { readonly status: 'unknown'; readonly undoable: Undoable };
/** A school group (đoàn trường) that is expected, or came already, perhaps in several parts. */
export type RegisteredGroup = {
  readonly status: 'registered';
  readonly details: GroupDetails;
  /** Reference of the leader's contact in the vault. */
  readonly leader: string | null;
  readonly undoable: Undoable;
};
export type Group = UnknownGroup | RegisteredGroup;

export const unknownGroup: Group = { status: 'unknown', undoable: nothingUndoable };

export function evolveGroup(group: Group, event: FairEvent): Group {
  switch (event.type) {
    case 'GroupRegistered':
      return { ...group, status: 'registered', details: event.data.details, leader: event.data.leader };
    case 'GroupChanged':
      return group.status === 'unknown' ? group : { ...group, details: event.data.details };
    default:
      return { ...group, undoable: evolveUndoable(group.undoable, event) };
  }
}

/** When something is asked, and of which fair. `occurredAt` in ms since 1970. */
type Circumstances = { readonly fair: OpenFair; readonly occurredAt: number };

export function registerGroup(
  group: Group,
  registration: DataOf<'GroupRegistered'>,
  circumstances: Circumstances,
): Decided<'GroupRegistered', 'fair-closed' | 'already-registered'> | Wrong {
  if (group.status === 'registered') return { refused: 'already-registered' };
  return refusedDetails(registration.details, circumstances) ?? { type: 'GroupRegistered', data: registration };
}

export function changeGroup(
  group: Group,
  change: DataOf<'GroupChanged'>,
  circumstances: Circumstances,
): Decided<'GroupChanged', 'fair-closed'> | Wrong | Missed {
  if (group.status === 'unknown') return notFound;
  return refusedDetails(change.details, circumstances) ?? { type: 'GroupChanged', data: change };
}

/** The people who really came, counted at the gate, whatever number was registered. */
export function recordArrival(
  group: Group,
  arrival: Omit<DataOf<'GroupArrived'>, 'site'>,
  { fair, occurredAt }: Circumstances,
): Decided<'GroupArrived', 'fair-closed'> | Wrong | Missed {
  if (group.status === 'unknown') return notFound;
  const gate = placeOf(fair, { gate: arrival.gate, occurredAt });
  if ('wrong' in gate) return gate;
  if (isAfterClosing(fair, occurredAt)) return { refused: 'fair-closed' };
  return { type: 'GroupArrived', data: { ...arrival, site: gate.site } };
}

function refusedDetails(
  { day, site }: GroupDetails,
  { fair, occurredAt }: Circumstances,
): Wrong | { readonly refused: 'fair-closed' } | undefined {
  if (!fair.settings.days.includes(day)) return wrong('day', 'must be one of the fair’s days');
  if (!fair.settings.sites.some(({ code }) => code === site)) return wrong('site', 'must be one of the fair’s sites');
  return isAfterClosing(fair, occurredAt) ? { refused: 'fair-closed' } : undefined;
}
