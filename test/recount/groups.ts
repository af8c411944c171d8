import type { EventOf, FairEvent } from '../../events/catalogue.ts';
import { total } from './facts.ts';

/** Schools that really sent a group, the classes of those groups, and the pupils who came. */
export function recountGroups(
  facts: readonly FairEvent[],
  arrivals: readonly EventOf<'GroupArrived'>[],
): Record<string, number> {
  const details = new Map<string, { school: string; classes: number }>();
  for (const event of facts)
    if (event.type === 'GroupRegistered' || event.type === 'GroupChanged')
      details.set(event.data.group, event.data.details);
  const came = [...new Set(arrivals.map(({ data }) => data.group))].flatMap((group) => details.get(group) ?? []);
  return {
    schools: new Set(
      came.map(({ school }) => school.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLocaleLowerCase('vi')),
    ).size,
    classes: total(came, ({ classes }) => classes),
    pupils: total(arrivals, ({ data }) => data.persons),
  };
}
