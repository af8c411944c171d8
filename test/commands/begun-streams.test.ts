import { beforeEach, describe, expect, it } from 'vitest';
import { Beginnings } from '../../src/commands/beginnings.ts';
import { closeFigures } from '../../src/commands/close-figures.ts';
import { countWalkIns } from '../../src/commands/count-walk-ins.ts';
import { streamOf } from '../../src/commands/ids.ts';
import { recordPosterScan } from '../../src/commands/record-poster-scan.ts';
import { recordScan, type ScanRequest } from '../../src/commands/record-scan.ts';
import { SeenStreams } from '../../src/commands/seen-streams.ts';
import { reopenFigures } from '../../src/commands/reopen-figures.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { fairId, idOf, minute } from '../support/facts.ts';
import { expectOnce, recorded } from '../support/fair-log.ts';
import { gateDevice, type GateLog, gateLog } from '../support/gate-log.ts';

const pass = idOf(0x9a);
let asked: ('load' | 'append')[];
let log: GateLog;
beforeEach(async () => {
  asked = [];
  const store = memoryEventStore({ clock: () => log?.clock.now ?? 0 });
  log = await gateLog({ store: watched(store) });
  await log.fairs.load(log.store, fairId);
  asked.length = 0;
});

/** The same log, which notes what a command asks of it. */
const watched = (store: EventStore): EventStore => ({
  append: (items) => (asked.push('append'), store.append(items)),
  load: (requests) => (asked.push('load'), store.load(requests)),
  read: (after, limit) => store.read(after, limit),
  follow: (after, limit) => store.follow(after, limit),
  readAt: (positions) => store.readAt(positions),
  head: () => store.head(),
  onAppend: (listener) => store.onAppend(listener),
  close: () => store.close(),
});

const scan = async (number: number, about: Partial<ScanRequest> = {}, node = log) =>
  recordScan(node, node.as(gateDevice), {
    scan: idOf(number),
    token: await log.token(pass),
    gate: 'G2',
    direction: 'in',
    occurredAt: log.clock.now,
    ...about,
  });

const walkIns = (number: number, { node = log, occurredAt = log.clock.now } = {}) =>
  countWalkIns(node, node.as(gateDevice), {
    count: idOf(number),
    gate: 'G2',
    direction: 'in',
    category: 'individual',
    persons: 3,
    occurredAt,
  });

const factsOf = async (stream: string): Promise<string[]> => {
  const [events = []] = await log.store.load([{ stream, afterVersion: 0 }]);
  return events.map(({ type }) => type);
};

describe('a fact that begins its stream', () => {
  it('is decided before that is loaded: the append asks whether it was right', async () => {
    expect(recorded(await scan(1))).toMatchObject({ outcome: 'admitted', pass });
    expect(recorded(await walkIns(2))).toMatchObject({ outcome: 'counted', persons: 3 });
    expect(asked).toEqual(['append', 'append']);
  });

  it('has one answer whoever delivers it, at once and later', async () => {
    const request = {
      count: idOf(7),
      gate: 'G2',
      direction: 'in',
      category: 'pupil',
      occurredAt: log.clock.now,
    } as const;
    const answer = await expectOnce(
      log,
      (context, about) => countWalkIns(log, context, { ...request, persons: about ? 4 : 3, sentAt: context.now }),
      gateDevice,
    );
    expect(answer).toMatchObject({ outcome: 'counted', persons: 3 });
  });

  it('is decided on what stands there where it does not begin it', async () => {
    const other = log.otherNode();
    await other.fairs.load(other.store, fairId);
    expect(recorded(await scan(1))).toMatchObject({ outcome: 'admitted' });
    log.clock.now += minute;
    asked.length = 0;
    expect(recorded(await scan(2, {}, other))).toMatchObject({ outcome: 'admitted-again' });
    expect(asked).toEqual(['append', 'load', 'append']);
    expect(await factsOf(streamOf(fairId, 'pass', pass))).toHaveLength(2);
  });

  it('is decided anew where the fair has been closed, or opened, on another node meanwhile', async () => {
    const other = log.otherNode();
    await other.fairs.load(other.store, fairId);
    await closeFigures(log, log.as(), { closing: idOf(0xc1) });
    log.clock.now += minute;
    const occurredAt = log.clock.now;
    const late = () => walkIns(1, { node: other, occurredAt });
    expect(await late()).toMatchObject({ kind: 'refused', reason: 'fair-closed' });
    recorded(await reopenFigures(log, log.as(), { reopening: idOf(0xc2), reason: 'Thiếu một cổng' }));
    log.clock.now += minute;
    expect(recorded(await walkIns(2, { node: other }))).toMatchObject({ outcome: 'counted' });
    expect(await late()).toMatchObject({ kind: 'refused', reason: 'fair-closed' });
  });

  it('asks nothing of the log that is decided without an append', async () => {
    const handled = await scan(1, { gate: 'nowhere' });
    expect(handled).toMatchObject({ kind: 'wrong' });
    expect(asked).toEqual(['load']);
  });

  it('is not taken for one at a poster, where the phone has a pass: new ones are counted', async () => {
    const { code: posterCode } = log.posterCodes.onPrint(fairId, 'G2');
    const context = log.as();
    const tap = (number: number, held?: string) =>
      recordPosterScan(log, context, { scan: idOf(number), posterCode, occurredAt: log.clock.now, held });
    const { token } = recorded(await tap(1));
    expect(asked).toEqual(['append']);
    log.clock.now += minute;
    asked.length = 0;
    await tap(2, token);
    expect(asked[0]).toBe('load');
  });
});

describe('whether a stream is taken for a new one', () => {
  const streams = (count: number, of: string): string[] =>
    Array.from({ length: count }, (_, at) => streamOf(fairId, 'walk-in', idOf(at)).replace('walk-in', of));

  it('follows how many were new of late, for each kind of command', () => {
    const beginnings = new Beginnings();
    const [other = ''] = streams(1, 'sale');
    const learn = (isFirst: boolean, times: number): void => {
      for (let time = 0; time < times; time += 1) beginnings.learn('scan', other, isFirst);
    };
    const [fresh = ''] = streams(1000, 'pass').slice(-1);
    expect(beginnings.isLikely('scan', fresh)).toBe(true);
    learn(false, 10);
    expect(beginnings.isLikely('scan', fresh)).toBe(true);
    learn(false, 50);
    expect(beginnings.isLikely('scan', fresh)).toBe(false);
    expect(beginnings.isLikely('sale', fresh)).toBe(true);
    learn(true, 200);
    expect(beginnings.isLikely('scan', fresh)).toBe(true);
  });

  it('is never so where this node has seen something in it', async () => {
    const seen = new SeenStreams();
    const all = streams(20_000, 'pass');
    const [mine, others] = [all.slice(0, 10_000), all.slice(10_000)];
    for (const stream of mine) seen.add(stream);
    expect(mine.every((stream) => seen.has(stream))).toBe(true);
    expect(others.filter((stream) => seen.has(stream))).toEqual([]);

    await scan(1);
    log.clock.now += minute;
    asked.length = 0;
    expect(recorded(await scan(2))).toMatchObject({ outcome: 'admitted-again' });
    expect(asked).toEqual(['load', 'append']);
  });

  it('begins anew when it has seen so many that it could not tell them apart', () => {
    const seen = new SeenStreams({ streamsMax: 3 });
    const [a = '', b = '', c = '', d = ''] = streams(4, 'pass');
    for (const stream of [a, b, c, d]) seen.add(stream);
    expect([a, b, c, d].map((stream) => seen.has(stream))).toEqual([false, false, false, true]);
  });

  it('is learnt again from commands that load first', async () => {
    for (const stream of streams(200, 'sale')) log.beginnings.learn('walk-in', stream, false);
    await walkIns(1);
    expect(asked).toEqual(['load', 'append']);
    for (let number = 2; number < 200; number += 1) await walkIns(number);
    asked.length = 0;
    await walkIns(200);
    expect(asked).toEqual(['append']);
  });
});
