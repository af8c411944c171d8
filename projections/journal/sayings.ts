import { applicationTypes, type EventType, type ProjectedFact } from '../../events/catalogue.ts';
import type { Saying } from './queries/entries.ts';

/** Read again by whoever looks back. */
const decided: ReadonlySet<EventType> = new Set([
  'FairCreated',
  'FairRevised',
  'FiguresClosed',
  'FiguresReopened',
  'BoothPlanned',
  'BoothAssigned',
  'BoothReleased',
  'DailyFiguresStated',
]);

/** Streams with more events than this may be judged once a batch, and what they count be posted under a later cause. */
const crowdedFrom = 100;

const saying: ReadonlySet<EventType> = new Set([
  ...decided,
  ...applicationTypes,
  'GroupArrived',
  'GroupRegistered',
  'GroupChanged',
]);

/** Whether nothing is said of an event unless it is held back, which is so of most. */
export const saysNothing = ({ type, version }: ProjectedFact): boolean =>
  version % crowdedFrom !== 0 && !saying.has(type);

/** What the journal says of an event. */
export function sayingsOf(event: ProjectedFact, { isHeld }: { readonly isHeld: boolean }): Saying[] {
  const sayings: Saying[] = isHeld ? [{ kind: 'held', type: event.type }] : [];
  if (decided.has(event.type) || 'application' in event.data) sayings.push({ kind: 'decided' });
  if (event.type === 'GroupArrived') sayings.push({ kind: 'arrival', group: event.data.group });
  if (event.type === 'GroupRegistered' || event.type === 'GroupChanged') {
    const { group, details } = event.data;
    sayings.push({ kind: 'group', group, classes: details.classes, school: details.school });
  }
  // Said again and again, since one of them may be what nobody can take in.
  if (event.version % crowdedFrom === 0) sayings.push({ kind: 'crowded', stream: event.stream });
  return sayings;
}
