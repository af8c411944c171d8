import { describe, expect, it } from 'vitest';
import type { FairEvent } from '../../events/catalogue.ts';
import type { Earlier, FoldStart } from '../../projections/projection.ts';
import { type StateRules, StreamStates } from '../../projections/stream-states.ts';
import { fact, fairId, idOf } from '../support/facts.ts';

type Counted = { readonly fair: string; readonly ids: readonly string[]; readonly judged: boolean };

const rules: StateRules<Counted> = {
  keyOf: (event) => (event.type === 'DeviceRevoked' ? event.stream : undefined),
  after: (before, event) => ({ fair: event.meta.fair, ids: [...(before?.ids ?? []), event.id], judged: false }),
  sizeOf: ({ ids }) => ids.length,
};

const inStream = (stream: string, id: number): FairEvent => ({
  ...fact('DeviceRevoked', { device: idOf(1), revocation: idOf(id), reason: 'mất máy' }),
  id: idOf(id),
  stream,
});

const log: readonly FairEvent[] = [inStream('a', 1), inStream('b', 2), inStream('a', 3)];

function startOn(tables: FoldStart['tables']): FoldStart & { readonly asked: string[][] } {
  const asked: string[][] = [];
  const inStreams: Earlier['inStreams'] = async (streams) => {
    asked.push([...streams]);
    const found = Map.groupBy(
      log.filter(({ stream }) => streams.includes(stream)),
      ({ stream }) => stream,
    );
    return found;
  };
  return { tables, asked, earlier: { inStreams, streamsAt: async () => [] } };
}

const judged = (state: Counted): Counted => ({ ...state, judged: true });

describe('states of streams', () => {
  it('are made from the log, judged, and only once', async () => {
    const start = startOn('filled');
    const states = new StreamStates(start, rules);
    await states.load(['a', 'c'], judged);
    await states.load(['a', 'b'], judged);
    expect(start.asked).toEqual([['a', 'c'], ['b']]);
    expect(states.get('a')).toEqual({ fair: fairId, ids: [idOf(1), idOf(3)], judged: true });
    expect(states.get('c')).toBeUndefined();
  });

  it('are not asked for where all that was fed is in memory, until so much is that they are forgotten', async () => {
    const start = startOn('empty');
    const states = new StreamStates({ ...start, factsMax: 3 }, rules);
    states.put('a', { fair: fairId, ids: [idOf(1)], judged: true });
    states.forget();
    await states.load(['a', 'b'], judged);
    expect(start.asked).toEqual([]);
    expect(states.isWhole).toBe(true);
    states.put('b', { fair: fairId, ids: [idOf(2)], judged: true });
    states.forget();
    expect([states.isWhole, states.get('a')]).toEqual([false, undefined]);
    await states.load(['a'], judged);
    expect(states.get('a')?.ids).toEqual([idOf(1), idOf(3)]);
  });

  it('of a fair are found among those of others', () => {
    const states = new StreamStates(startOn('empty'), rules);
    states.put('a', { fair: fairId, ids: [], judged: true });
    states.put('b', { fair: idOf(9), ids: [], judged: true });
    expect([...states.of(fairId)].map(([key]) => key)).toEqual(['a']);
  });
});
