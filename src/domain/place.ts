import type { Gate } from '../../events/fair.ts';
import { gateOf, type OpenFair } from './fair.ts';
import { startOfDay } from './local-time.ts';
import { type Wrong, wrong } from './wrong-field.ts';

/**
 * The gate that a fact at the gates names, if the fair has or had it and the time can be that of this fair: from a day
 * before its first day on, when gates are tried out. A device whose clock was reset names years long gone.
 * @param fact `occurredAt` in ms since 1970, corrected
 */
export function placeOf(fair: OpenFair, fact: { readonly gate: string; readonly occurredAt: number }): Gate | Wrong {
  const gate = gateOf(fair, fact.gate);
  if (!gate) return wrong('gate', 'must be one of the fair’s gates');
  return longBefore(fair, fact.occurredAt) ?? gate;
}

/** What is wrong with a time, in ms since 1970, that lies more than a day before the fair’s first day, if it does. */
export function longBefore(fair: OpenFair, occurredAt: number): Wrong | undefined {
  const [firstDay = ''] = fair.settings.days;
  return occurredAt < startOfDay(firstDay) - 86_400_000
    ? wrong('occurredAt', 'must not lie more than a day before the fair’s first day')
    : undefined;
}
