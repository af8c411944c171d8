import { type DataOf, type EventType, newEvent } from '../../../events/catalogue.ts';
import type { Happening } from './history.ts';
import { fair, named } from './names.ts';

/** A fact of the history's fair by its organiser, alone in its stream unless told: `number` seconds after nine on the first day. */
export function happening<Type extends EventType>(
  number: number,
  type: Type,
  data: DataOf<Type>,
  stream = `${number}`,
): Happening {
  const occurredAt = Date.parse('2026-04-21T09:00:00+07:00') + number * 1000;
  const meta = { fair, actor: { role: 'organiser' as const, id: 'org' }, digest: 'a'.repeat(43), correlation: 'test' };
  const event = newEvent(type, data, { id: named('other', number), occurredAt, meta });
  return { stream, event, recordedAt: occurredAt };
}
