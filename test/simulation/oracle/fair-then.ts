import type { FairEvent } from '../../../events/catalogue.ts';
import type { FairSettings, Gate } from '../../../events/fair.ts';
import type { Deed } from '../truth/deed.ts';

/** What the fair's own facts say. */
export type FairThen = {
  readonly settings: FairSettings;
  /** Every gate as it is, or as it last was, by its code: devices that were offline still name those that are gone. */
  readonly gates: ReadonlyMap<string, Gate>;
  /** Ms since 1970 while the figures were closed. */
  readonly closedAt: number | null;
};

const changesFair: readonly string[] = ['FairCreated', 'FairRevised', 'FiguresClosed', 'FiguresReopened'];

/** The fair after some facts, the first of which founds it. */
export function fairAfter(facts: readonly FairEvent[]): FairThen {
  const gates = new Map<string, Gate>();
  let settings: FairSettings | undefined;
  let closedAt: number | null = null;
  for (const event of facts) {
    if (event.type === 'FairCreated' || event.type === 'FairRevised') {
      settings = event.data.settings;
      for (const gate of settings.gates) gates.set(gate.code, gate);
    }
    if (event.type === 'FiguresClosed') closedAt = event.occurredAt;
    if (event.type === 'FiguresReopened') closedAt = null;
  }
  if (!settings) throw new Error('the log does not begin with the fair');
  return { settings, gates, closedAt };
}

/** A node's clock is off by less than this, in ms. */
const nodeClockMs = 1000;

/**
 * How the fair may have been when a deed was decided: a change of it that was written while a node was at the deed may
 * have been seen or not. The latest first.
 */
export function fairsFor({ receipts }: Deed, before: readonly FairEvent[]): FairThen[] {
  const begun = Math.min(...receipts.map(({ at }) => at)) - nodeClockMs;
  const own = before.filter(({ type }) => changesFair.includes(type));
  const unseenMax = own.filter(({ type, recordedAt }) => type !== 'FairCreated' && recordedAt >= begun).length;
  return Array.from({ length: unseenMax + 1 }, (_, unseen) => fairAfter(own.slice(0, own.length - unseen)));
}
