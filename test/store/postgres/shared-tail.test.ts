import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../events/envelope.ts';
import { SharedTail } from '../../../src/store/postgres/shared-tail.ts';

/** A log with gaps, as long as it needs to be. */
const eventAt = (nth: number): StoredEvent => ({
  id: `${nth}`,
  type: 'Anything',
  schema: 1,
  data: {},
  meta: { fair: '', actor: { role: 'system', id: '' }, digest: '', correlation: '' },
  occurredAt: 0,
  stream: '',
  version: 1,
  position: nth * 3,
  recordedAt: 0,
});

const logOf = (events: StoredEvent[]) => {
  const asked: { after: number; limit: number; answered: number }[] = [];
  const plainly = (after: number, limit: number) => events.filter(({ position }) => position > after).slice(0, limit);
  const read = async (after: number, limit: number) => {
    const found = plainly(after, limit);
    // Somebody appends, and others read, before the answer arrives.
    await new Promise((turn) => setImmediate(turn));
    asked.push({ after, limit, answered: found.length });
    return found;
  };
  return { plainly, asked, read };
};

describe('the shared end of the log', () => {
  it('answers several readers as the log itself does, in whatever order they ask', async () => {
    const reading = fc.record({
      reader: fc.nat({ max: 3 }),
      limit: fc.integer({ min: 1, max: 9 }),
      appended: fc.nat({ max: 6 }),
      back: fc.nat({ max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(reading, { maxLength: 4 }), { maxLength: 30 }), async (rounds) => {
        const events: StoredEvent[] = [];
        const { read } = logOf(events);
        const tail = new SharedTail(read, { eventsMax: 7 });
        const positions = [0, 0, 0, 0];
        for (const round of rounds) {
          await Promise.all(
            round.map(async ({ reader, limit, appended, back }) => {
              for (let n = 0; n < appended; n += 1) events.push(eventAt(events.length + 1));
              const after = back === 20 ? 0 : Math.max(0, (positions[reader] ?? 0) - back);
              const before = events.length;
              const got = await tail.follow(after, limit);
              const whole = events.filter(({ position }) => position > after);
              expect(got).toEqual(whole.slice(0, got.length));
              expect(got.length).toBeGreaterThanOrEqual(
                Math.min(limit, events.slice(0, before).filter(({ position }) => position > after).length),
              );
              positions[reader] = got.at(-1)?.position ?? after;
            }),
          );
        }
      }),
    );
  });

  it('answers as the log itself does where this process writes it too, up to what readers were told of', async () => {
    const appended = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });
    const reading = fc.record({ after: fc.nat({ max: 12 }), limit: fc.integer({ min: 1, max: 9 }) });
    const isAsked: boolean[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(appended, fc.array(reading, { maxLength: 3 })), { maxLength: 30 }),
        async (steps) => {
          const events: StoredEvent[] = [];
          const { plainly, read, asked } = logOf(events);
          const tail = new SharedTail(read, { eventsMax: 3, ownEventsMax: 7 });
          for (const [areOwn, readings] of steps) {
            const from = events.length + 1;
            const fresh = areOwn.map((_, at) => ({ ...eventAt(from + at), position: from + at }));
            events.push(...fresh);
            tail.add(
              fresh.flatMap((event, at) => (areOwn[at] ? [{ position: event.position, event: () => event }] : [])),
            );
            const told = fresh.findLast((_, at) => areOwn[at])?.position ?? 0;
            const answers = readings.map(async ({ after: back, limit }) => {
              const after = Math.max(0, events.length - back);
              const before = asked.length;
              const got = await tail.follow(after, limit, told);
              isAsked.push(asked.length > before);
              expect(got).toEqual(plainly(after, got.length));
              expect(got.length).toBeGreaterThanOrEqual(Math.min(limit, told - after));
            });
            await Promise.all(answers);
          }
        },
      ),
    );
    expect(new Set(isAsked)).toEqual(new Set([true, false]));
  });

  it('asks for each event once, however many follow the log', async () => {
    const events: StoredEvent[] = [];
    const { read, asked } = logOf(events);
    const tail = new SharedTail(read, { eventsMax: 100 });
    const positions = [0, 0, 0];
    for (let round = 0; round < 20; round += 1) {
      for (let n = 0; n < 4; n += 1) events.push(eventAt(events.length + 1));
      for (const [reader, after] of positions.entries())
        positions[reader] = (await tail.follow(after, 50)).at(-1)?.position ?? after;
    }
    expect(positions).toEqual([240, 240, 240]);
    expect(asked.reduce((sum, { answered }) => sum + answered, 0)).toBe(events.length);
  });

  it('knows nothing any more once a read fails: another server may go on without the last events', async () => {
    const events = [1, 2, 3, 4].map(eventAt);
    const { read } = logOf(events);
    let isAway = false;
    const tail = new SharedTail(
      (after, limit) => (isAway ? Promise.reject(new Error('the log is away')) : read(after, limit)),
      { eventsMax: 100 },
    );
    expect(await tail.follow(0, 50)).toHaveLength(4);
    isAway = true;
    await expect(tail.follow(0, 50)).rejects.toThrow('away');
    isAway = false;
    events.splice(2, 2, { ...eventAt(3), id: 'another' }, { ...eventAt(4), id: 'and another' });
    expect((await tail.follow(0, 3)).map(({ id }) => id)).toEqual(['1', '2', 'another']);
  });

  it('keeps nothing of a read that began before another one failed', async () => {
    const before = [1, 2, 3, 4].map(eventAt);
    const { promise, resolve } = Promise.withResolvers<StoredEvent[]>();
    const answers = [promise, Promise.reject(new Error('the log is away')), Promise.resolve([eventAt(1)])].values();
    const tail = new SharedTail(() => answers.next().value ?? Promise.resolve([]), { eventsMax: 100 });
    const early = tail.follow(0, 50);
    await expect(tail.follow(0, 50)).rejects.toThrow('away');
    resolve(before);
    expect(await early).toEqual(before);
    expect(await tail.follow(0, 4)).toEqual([eventAt(1)]);
  });

  it('never puts together what it knew of a log that is lost with what another one goes on with', async () => {
    const lost = [1, 2].map(eventAt);
    const { promise, resolve } = Promise.withResolvers<StoredEvent[]>();
    const others = [eventAt(1), { ...eventAt(2), id: 'another' }, eventAt(3)];
    const answers = [Promise.resolve(lost), promise, Promise.resolve(others)].values();
    const tail = new SharedTail(() => answers.next().value ?? Promise.resolve([]), { eventsMax: 100 });
    await tail.follow(0, 50);
    const asked = tail.follow(0, 50);
    tail.forget();
    resolve([eventAt(3)]);
    expect(await asked).toEqual(others);
  });
});
