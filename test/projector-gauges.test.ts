import { expect, test } from 'vitest';
import { nodeMetrics } from '../src/metrics.ts';
import type { Look } from '../src/projector/watch.ts';

const calm: Look = { lag: { events: 0, seconds: 0 }, building: undefined, parkedEvents: 0 };

/** What a node says of the figures, by the name of the metric. */
async function saidOf(look: () => Promise<Look>, metrics = nodeMetrics()) {
  metrics.projecting({ holdsLease: () => true, isStopped: () => false, look });
  return async (): Promise<Record<string, number>> => {
    const samples = (await metrics.text()).matchAll(/^(projection_\w+)\{node="1"\} (\S+)$/gm);
    return Object.fromEntries([...samples].map(([, name = '', value]): [string, number] => [name, Number(value)]));
  };
}

test('figures that are counted anew say how far they are, how fast, and how long it takes; then nothing', async () => {
  let now: Look = {
    lag: { events: 900, seconds: 3 },
    building: { position: 4000, head: 10_000, eventsPerSecond: 500, remainingSeconds: 12 },
    parkedEvents: 2,
  };
  const said = await saidOf(async () => now);
  expect(await said()).toMatchObject({
    projection_behind_events: 900,
    projection_behind_seconds: 3,
    projection_parked_events: 2,
    projection_building_position: 4000,
    projection_building_remaining_events: 6000,
    projection_building_events_per_second: 500,
    projection_building_remaining_seconds: 12,
  });
  now = calm;
  const later = await said();
  expect(later).toMatchObject({ projection_behind_events: 0, projection_parked_events: 0 });
  expect(Object.keys(later).filter((name) => name.startsWith('projection_building'))).toEqual([]);
});

test('while the database is away the metrics say what was true last', async () => {
  let isAway = false;
  const said = await saidOf(async () => {
    if (isAway) throw new Error('the database is away');
    return { ...calm, parkedEvents: 3 };
  });
  await said();
  isAway = true;
  expect(await said()).toMatchObject({ projection_parked_events: 3 });
});
