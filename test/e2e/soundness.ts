import { vi } from 'vitest';
import type { StoredEvent } from '../../events/envelope.ts';
import { FiguresDocument } from '../../src/contract/figures.ts';
import { idsIn, readLog } from './kept-facts.ts';
import { type Place, recounted } from './played-fair.ts';
import type { Loaded } from './under-load.ts';

/** What may not be there after whatever happened; every list names what is wrong. */
export type Unsound = {
  /** Answered, and not in the log where the answer said. */
  readonly lost: readonly string[];
  /** Ids of facts that are in the log more than once. */
  readonly twice: readonly string[];
  /** Positions that follow no predecessor. */
  readonly gaps: readonly number[];
  /** Positions recorded before their predecessor. */
  readonly recordedBefore: readonly number[];
  /** Figures that are not those of a recount of the log by another hand, by node. */
  readonly miscounted: readonly string[];
};
export const sound: Unsound = { lost: [], twice: [], gaps: [], recordedBefore: [], miscounted: [] };

type Asked = { readonly origins: readonly string[]; readonly token: string; readonly fair: string };

/** Compares what was answered with the log, and what each node shows with the log. */
export async function look(
  place: Pick<Place, 'environment'>,
  { answered }: Pick<Loaded, 'answered'>,
  asked: Asked,
): Promise<Unsound> {
  const log = await readLog(place);
  const miscounted = await Promise.all(asked.origins.map((origin) => miscountedAt(origin, log, asked)));
  return { ...lookAtLog(log, answered), miscounted: miscounted.flat() };
}

function lookAtLog(log: readonly StoredEvent[], answered: ReadonlyMap<string, number>): Omit<Unsound, 'miscounted'> {
  const ids = idsIn(log);
  const kept = new Map(ids);
  const before = (at: number) => log[at - 1] ?? { position: 0, recordedAt: -Infinity };
  const positionsOf = (events: readonly StoredEvent[]) => events.map(({ position }) => position);
  return {
    lost: [...answered].filter(([id, position]) => kept.get(id) !== position).map(([id]) => id),
    twice: ids.filter(([id, position]) => kept.get(id) !== position).map(([id]) => id),
    gaps: positionsOf(log.filter(({ position }, at) => position !== before(at).position + 1)),
    recordedBefore: positionsOf(log.filter(({ recordedAt }, at) => recordedAt < before(at).recordedAt)),
  };
}

async function miscountedAt(origin: string, log: readonly StoredEvent[], asked: Asked): Promise<string[]> {
  const shown = await shownAt(origin, log.length, asked);
  return Object.entries(recounted({ log }))
    .filter(([key, value]) => shown.get(key) !== value)
    .map(([key, value]) => `${key} at ${origin}: ${shown.get(key)} instead of ${value}`);
}

/** As soon as all facts are in them: whoever moves the figures on may be about to change. */
const shownAt = (origin: string, head: number, { fair, token }: Asked): Promise<ReadonlyMap<string, number | null>> =>
  vi.waitFor(
    async () => {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${origin}/api/fairs/${fair}/figures?after=${head}`, { headers });
      const { figures, position } = FiguresDocument.parse(await response.json());
      if (position !== head) throw new Error(`the figures are at ${position} of ${head}`);
      return new Map(figures.map(({ key, value }) => [key, value]));
    },
    { timeout: 60_000, interval: 50 },
  );
