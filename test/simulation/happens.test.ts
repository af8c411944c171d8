import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FairEvent, toFairEvent } from '../../events/catalogue.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { conflictsAmong } from './oracle/conflicts.ts';
import { deedOf } from './oracle/names.ts';
import { type Settled, simulate } from './simulate.ts';
import { withAppend } from './with-append.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const hour = 3_600_000;

/** How often what is hard happens in one fair. */
function hardships({ deeds, log }: Settled): Record<string, number> {
  const events = log.map(toFairEvent);
  const positions = new Map(events.map((event) => [nameOf(deedOf(event)), event.position]));
  const refused = new Set(events.flatMap(({ type, data }) => (type === 'RequestRefused' ? [data.id] : [])));
  const count = (which: (event: FairEvent) => boolean) => events.filter(which).length;
  return {
    'deliveries of what was there already': deeds.filter(({ receipts }) => receipts.length > 1).length,
    'deeds delivered five times or more': deeds.filter(({ receipts }) => receipts.length >= 5).length,
    'answers lost after the write': deeds.filter(
      ({ given, acknowledged }) => given.indexOf(acknowledged ?? noAnswer) > 0,
    ).length,
    'facts a night late or more': count(({ recordedAt, occurredAt }) => recordedAt - occurredAt > 12 * hour),
    'clocks minutes off': count(({ meta }) => Math.abs(meta.skewSeconds ?? 0) >= 180),
    'undoings before what they undo': count(
      (event) => event.type === 'FactVoided' && event.position < (positions.get(nameOf(targetOf(event.data))) ?? 0),
    ),
    'returns before their sale': count(
      (event) =>
        event.type === 'SaleReturned' &&
        event.position < (positions.get(nameOf({ kind: 'sale', id: event.data.sale })) ?? 0),
    ),
    conflicts: conflictsAmong(events).length,
    closings: count(({ type }) => type === 'FiguresClosed'),
    'facts after a closing': afterClosings(events),
    reopenings: count(({ type }) => type === 'FiguresReopened'),
    'changes of the fair': count(({ type }) => type === 'FairRevised'),
    'revoked passes': count(({ type }) => type === 'PassRevoked'),
    'scans that nobody could verify': count(
      (event) => event.type === 'VisitorCheckedIn' && event.data.trust === 'unverified',
    ),
    'accepted scans': count(({ type }) => type === 'ScanAccepted'),
    refusals: count(({ type }) => type === 'RequestRefused'),
    'copies of what was refused': deeds.filter(({ id, given }) => given.length > 1 && refused.has(id)).length,
    'codes that may not be kept': deeds.filter(({ isWrong }) => isWrong).length,
  };
}

const noAnswer = { status: 0, body: undefined };
const nameOf = (named: { readonly kind: string; readonly id: string } | undefined): string =>
  `${named?.kind} ${named?.id}`;
const targetOf = ({ kind, target: id }: { readonly kind: string; readonly target: string }) => ({ kind, id });

function afterClosings(events: readonly FairEvent[]): number {
  let [isClosed, after] = [false, 0];
  for (const { type } of events) {
    if (isClosed && type !== 'FiguresReopened') after += 1;
    if (type === 'FiguresClosed' || type === 'FiguresReopened') isClosed = type === 'FiguresClosed';
  }
  return after;
}

/** Counts how often a node lost a race for a stream, or wrote what another one had written. */
const counting =
  (counts: Map<string, number>) =>
  (store: EventStore): EventStore =>
    withAppend(store, async (items) => {
      const results = await store.append(items);
      for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      return results;
    });

test('what is hard really happens: in a few fairs everything at least once', { timeout: 400_000 }, async () => {
  const outcomes = new Map<string, number>();
  const totals = new Map<string, number>();
  for (let seed = 1; seed <= 32; seed += 1) {
    const found = await simulate(database, String(seed), async (settled) => hardships(settled), {
      store: counting(outcomes),
    });
    for (const [name, times] of Object.entries(found)) totals.set(name, (totals.get(name) ?? 0) + times);
  }
  const all = {
    ...Object.fromEntries(totals),
    'lost races': outcomes.get('conflict') ?? 0,
    twins: outcomes.get('duplicate') ?? 0,
  };
  expect(Object.entries(all).filter(([, times]) => times === 0)).toEqual([]);
});
