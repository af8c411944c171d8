import type { FairEvent } from '../../events/catalogue.ts';
import type { FairSettings } from '../../events/fair.ts';
import { recountBooks } from './books.ts';
import { recountExhibitors } from './exhibitors.ts';
import { recountGates } from './gates.ts';

/**
 * Every figure of one fair, counted from its facts in the plainest way there is, to hold the projections against.
 * Reads no projection and no rule of the domain: what both could get wrong together proves nothing.
 * @param log the fair's events, in log order
 */
export function recount(log: readonly FairEvent[]): Readonly<Record<string, number>> {
  const facts = factsThatCount(log);
  const settings = latestSettings(facts);
  return { ...recountGates(facts, settings), ...recountExhibitors(facts), ...recountBooks(facts) };
}

/** Final figures are those of the log up to the closing, unless it was reopened. */
export function factsThatCount(log: readonly FairEvent[]): readonly FairEvent[] {
  let closedAt: number | null = null;
  for (const [at, event] of log.entries()) {
    if (event.type === 'FiguresClosed' && closedAt === null) closedAt = at;
    if (event.type === 'FiguresReopened') closedAt = null;
  }
  return closedAt === null ? log : log.slice(0, closedAt + 1);
}

export function latestSettings(facts: readonly FairEvent[]): FairSettings {
  const settings = facts.flatMap((event) =>
    event.type === 'FairCreated' || event.type === 'FairRevised' ? [event.data.settings] : [],
  );
  const latest = settings.at(-1);
  if (!latest) throw new Error('the log holds no such fair');
  return latest;
}
