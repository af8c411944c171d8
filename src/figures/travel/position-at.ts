import type { EventStore } from '../../store/event-store.ts';

type Log = Pick<EventStore, 'read' | 'readAt'>;

/** Asked for in one question, so that a million events take five questions. */
const probes = 15;

/**
 * The last log position that was recorded by a moment, since the time of recording never goes back; 0 before the first.
 * @param moment ms since 1970
 * @param head a position of the log above which nobody looks
 */
export async function positionAt(log: Log, moment: number, head: number): Promise<number> {
  let [known, unknown] = [0, head + 1];
  while (unknown - known > 1) {
    const found = await eventsBetween(log, known, unknown);
    for (const { position, recordedAt } of found) {
      if (recordedAt <= moment) known = Math.max(known, position);
      else unknown = Math.min(unknown, position);
    }
    // Nothing stands above what is known.
    if (found.length === 0) return known;
  }
  return known;
}

/** Some events between two positions, neither included; none where there are none. */
async function eventsBetween(log: Log, below: number, above: number) {
  const step = (above - below) / (probes + 1);
  const positions = new Set(Array.from({ length: probes }, (_, nth) => below + Math.ceil(step * (nth + 1))));
  const found = await log.readAt([...positions].filter((position) => position < above));
  if (found.length > 0) return found;
  // Positions of other logs have gaps.
  const [next] = await log.read(below, 1);
  return next && next.position < above ? [next] : [];
}
