import type { ProjectedFact } from '../../events/catalogue.ts';
import type { Group } from './tables.ts';

/** The empty group that an event is about; undefined for other events. */
export function groupOf(event: ProjectedFact): Group | undefined {
  if (event.type !== 'GroupRegistered' && event.type !== 'GroupChanged') return undefined;
  return { fair: event.meta.fair, group_id: event.data.group, details: null, school: '', classes: 0, arrived: 0 };
}

/** A group after one more event of its stream. */
export function groupAfter(group: Group, event: ProjectedFact): Group {
  if (event.type !== 'GroupRegistered' && event.type !== 'GroupChanged') return group;
  const { details } = event.data;
  return { ...group, details, school: foldedName(details.school), classes: details.classes };
}

/** One school however it is typed: case, blanks and the way accents are composed make no difference. */
export const foldedName = (name: string): string =>
  name.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLocaleLowerCase('vi');
