import type { EventType, FairEvent } from '../../events/catalogue.ts';
import { ofType } from './facts.ts';

const present: readonly EventType[] = ['BoothTakenOver', 'ParticipationClosed', 'ParticipationSettled'];
const gone: readonly EventType[] = [
  'ApplicationDeclined',
  'ApplicationWithdrawn',
  'ApplicationCancelled',
  'ExhibitorAbsent',
];

/** What the last event of each application's stream was. Telling of a booth changes no standing. */
function standings(facts: readonly FairEvent[]): Map<string, EventType> {
  const last = new Map<string, EventType>();
  for (const event of facts) {
    if (!('application' in event.data) || event.type === 'BoothGranted' || event.type === 'BoothTakenBack') continue;
    last.set(event.data.application, event.type);
  }
  return last;
}

const everApproved = (facts: readonly FairEvent[]): Set<string> =>
  new Set(ofType(facts, 'ApplicationApproved').map(({ data }) => data.application));

/** Exhibitors whose catalogues count: approved once, and not declined, withdrawn, cancelled or absent now. */
export function exhibitorsTakingPart(facts: readonly FairEvent[]): Set<string> {
  const approved = everApproved(facts);
  for (const [application, type] of standings(facts)) if (gone.includes(type)) approved.delete(application);
  return approved;
}

/** Whoever handed in several applications with one tax code is one organisation. */
function organisationsOf(facts: readonly FairEvent[], applications: Iterable<string>): Set<string> {
  const codes = new Map<string, string | undefined>();
  for (const event of facts) if ('form' in event.data) codes.set(event.data.application, event.data.form.taxCode);
  return new Set([...applications].map((application) => codes.get(application)?.replaceAll('-', '') ?? application));
}

export function recountExhibitors(facts: readonly FairEvent[]): Record<string, number> {
  const there = new Set(
    [...standings(facts)].filter(([, type]) => present.includes(type)).map(([application]) => application),
  );
  const holders = new Map<string, string>();
  for (const event of facts) {
    if (event.type === 'BoothAssigned') holders.set(event.data.booth, event.data.exhibitor);
    if (event.type === 'BoothReleased') holders.delete(event.data.booth);
  }
  return {
    'organisations-registered': organisationsOf(facts, everApproved(facts)).size,
    'organisations-present': organisationsOf(facts, there).size,
    booths: [...holders.values()].filter((exhibitor) => there.has(exhibitor)).length,
  };
}
