import { describe, expect, it } from 'vitest';
import { FairLog } from '../../../../../load-tests/bench/projections/log/fair-log.ts';
import { demoTraffic } from '../../../../../load-tests/bench/projections/log/mix.ts';

const small = { events: 4000, catalogueLines: 600 };
const itemsOf = (options: ConstructorParameters<typeof FairLog>[0]) => [...new FairLog(options).items()];
const items = itemsOf(small);
const countOf = (all: typeof items, type: string) => all.filter(({ event }) => event.type === type).length;

describe('the log of a fair that a benchmark replays', () => {
  it('has as many events as are wanted', () => {
    expect(items).toHaveLength(4000);
    expect(itemsOf({ events: 1234, catalogueLines: 0 })).toHaveLength(1234);
  });

  it('is the same for the same options, and another one for another seed', () => {
    expect(itemsOf(small)).toEqual(items);
    expect(itemsOf({ ...small, seed: 'other' })).not.toEqual(items);
  });

  it('has every id once, a UUIDv7 that keeps the time of what the client named', () => {
    const ids = items.map(({ event }) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
    const odd = items.filter(
      ({ event: { id, meta } }) =>
        !/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id) ||
        id.slice(0, 13) !== meta.correlation.slice(0, 13),
    );
    expect(odd).toEqual([]);
  });

  it('writes each stream from its first version on, without a gap', () => {
    const versions = new Map<string, number>();
    for (const { stream, expectedVersion } of items) {
      expect(expectedVersion, stream).toBe(versions.get(stream) ?? 0);
      versions.set(stream, expectedVersion + 1);
    }
  });

  it('was recorded in order, and nothing before it happened', () => {
    const times = items.map(({ recordedAt }) => recordedAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(items.filter(({ event, recordedAt }) => event.occurredAt > recordedAt)).toEqual([]);
  });

  it('has visitors, sales and all that grows with them in the proportions of the demo', () => {
    const large = itemsOf({ events: 12_000, catalogueLines: 0 });
    const traffic = large.filter(({ event }) => Object.hasOwn(demoTraffic, event.type)).length;
    const inDemo = Object.values(demoTraffic).reduce((sum, count) => sum + count, 0);
    for (const [type, count] of Object.entries(demoTraffic)) {
      const difference = Math.abs(countOf(large, type) / traffic - count / inDemo);
      expect(difference, type).toBeLessThan(0.15 * (count / inDemo) + 0.001);
    }
  });

  it('grows by visitors and sales, and by no catalogue, booth or statement', () => {
    const larger = itemsOf({ ...small, events: 8000 });
    for (const type of ['CatalogueChunkUploaded', 'BoothPlanned', 'ApplicationSubmitted', 'DailyFiguresStated']) {
      expect(countOf(larger, type), type).toBe(countOf(items, type));
      expect(countOf(items, type), type).toBeGreaterThan(0);
    }
    expect(countOf(larger, 'SaleRecorded')).toBeGreaterThan(1.9 * countOf(items, 'SaleRecorded'));
  });

  it('is refused where it would end before anybody comes', () => {
    expect(() => new FairLog({ events: 200, catalogueLines: 1000 })).toThrow(RangeError);
  });

  it('says how much of it was before the first visitor', () => {
    const { before } = new FairLog(small);
    const atGates = ['VisitorCheckedIn', 'WalkInsCounted', 'GroupArrived', 'ScanRefused', 'SaleRecorded'];
    expect(items.slice(0, before).filter(({ event }) => atGates.includes(event.type))).toEqual([]);
    expect(items.slice(before).filter(({ event }) => event.type === 'PassIssued')).toEqual([]);
  });
});
