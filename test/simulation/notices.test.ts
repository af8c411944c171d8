import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FairEvent } from '../../events/catalogue.ts';
import type { FairSettings } from '../../events/fair.ts';
import type { AppendItem, AppendResult, EventStore } from '../../src/store/event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { checkFair, failureOf } from './check-fair.ts';
import { withAppend } from './with-append.ts';
import type { Forger } from './world/network.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** What is said of some fairs in which something is wrong on purpose; a database has each fair once. */
async function differencesOf(seeds: readonly number[], wrong: Parameters<typeof checkFair>[2]): Promise<string[]> {
  const found: string[] = [];
  for (const seed of seeds) found.push(...(await checkFair(database, seed, wrong)).differences);
  return found;
}

/** Whether an item is one admission in five. */
function oneInFive(): (item: AppendItem | undefined) => boolean {
  let count = 0;
  return (item) => {
    if (item?.event.type !== 'VisitorCheckedIn') return false;
    count += 1;
    return count % 5 === 0;
  };
}

/** Says of one admission in five that it is written, and keeps nothing of it. */
function forgetful(store: EventStore): EventStore {
  const isForgotten = oneInFive();
  return withAppend(store, async (items) => {
    if (!items.some(isForgotten)) return store.append(items);
    const position = (await store.head()) + 1;
    return items.map((item): AppendResult => {
      return { outcome: 'appended', position, version: item.expectedVersion + 1, recordedAt: 0 };
    });
  });
}

/** Says of every refusal that it is written, and keeps nothing of it: its copy is decided anew. */
function relenting(store: EventStore): EventStore {
  return withAppend(store, async (items) => {
    if (items.every(({ event }) => event.type !== 'RequestRefused')) return store.append(items);
    const position = (await store.head()) + 1;
    return items.map((item): AppendResult => {
      return { outcome: 'appended', position, version: item.expectedVersion + 1, recordedAt: item.event.occurredAt };
    });
  });
}

/** Writes one admission in five twice, the second time under another id and in another stream. */
function doubling(store: EventStore): EventStore {
  const isDoubled = oneInFive();
  return withAppend(store, async (items) => {
    const results = await store.append(items);
    const [item] = items;
    if (item && isDoubled(item)) {
      const id = `${item.event.id.slice(0, -4)}ffff`;
      await store.append([{ stream: `${item.stream}-again`, expectedVersion: 0, event: { ...item.event, id } }]);
    }
    return results;
  });
}

/** Changes the ids of walk-in counts in what is sent. */
const forging: Forger = (asking) => ({
  ...asking,
  path: asking.path.replace(/(?<=\/walk-ins\/.{32}).{4}/, 'beef'),
  body: JSON.parse(JSON.stringify(asking.body ?? null).replaceAll(/(?<="kind":"walk-in","id":".{32}).{4}/g, 'beef')),
});

/** The oracle takes the fair to be one with other rules. */
const otherwise =
  (change: (settings: FairSettings) => FairSettings) =>
  (events: readonly FairEvent[]): FairEvent[] =>
    events.map((event) => {
      if (event.type === 'FairCreated')
        return { ...event, data: { ...event.data, settings: change(event.data.settings) } };
      if (event.type === 'FairRevised')
        return { ...event, data: { ...event.data, settings: change(event.data.settings) } };
      return event;
    });

describe('the simulator notices', () => {
  test('a fact that was acknowledged and is not in the log', async () => {
    const differences = await differencesOf([1, 2, 3], { store: forgetful });
    expect(differences.join('\n')).toMatch(/scan \S+: told to be at \d+, is at none/);
  });

  test('a no that does not stand', async () => {
    const differences = await differencesOf([16, 17, 18], { store: relenting });
    expect(differences.join('\n')).toMatch(/\S+ \S+: was told .*"refused".*, of which the log says /);
  });

  test('a fact that was written twice', async () => {
    const differences = await differencesOf([4, 5, 6], { store: doubling });
    expect(differences.join('\n')).toMatch(/scan \S+: is in the log twice/);
  });

  test('an id that the network forged', async () => {
    const differences = await differencesOf([7, 8, 9], { forge: forging });
    expect(differences.join('\n')).toMatch(/WalkInsCounted: nobody did this \(\S+beef\)/);
  });

  test('figures by another visit rule than the fair has', async () => {
    const everyEntry = otherwise((settings) => {
      const kind = settings.visitRules[0]?.rule.kind === 'per-entry' ? ('per-day' as const) : ('per-entry' as const);
      return { ...settings, visitRules: [{ from: '2026-04-21', rule: { kind } }] };
    });
    const differences = await differencesOf([10, 11, 12], { reading: everyEntry });
    expect(differences.join('\n')).toMatch(/^visits: published \d+, by the facts \d+$/m);
  });

  test('conflicts by other gates than the fair has', async () => {
    const scanned = otherwise((settings) => ({
      ...settings,
      gates: settings.gates.map((gate) => ({ ...gate, exits: gate.exits === 'scanned' ? 'not-scanned' : 'scanned' })),
    }));
    const differences = await differencesOf([13, 14, 15], { reading: scanned });
    expect(differences.join('\n')).toMatch(/^conflicts: published \[.*\], by the facts \[.*\]$/m);
  });

  test('and says how to see it again', () => {
    expect(failureOf(17, ['visits: published 3, by the facts 4'])).toBe(
      'SIMULATION_SEED=17 npm run test:simulation\nvisits: published 3, by the facts 4',
    );
  });
});
