import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LeavesAhead } from '../../src/seal/leaves-ahead.ts';
import { sealNext } from '../../src/seal/seal-next.ts';
import type { EventStore } from '../../src/store/event-store.ts';
import { type Machine, machineIn, sealAll, sealedSize, type Sealing, startSealing, tampered } from './sealing.ts';

let sealing: Sealing;
let machine: Machine;
beforeEach(async () => {
  sealing = await startSealing();
  machine = await sealing.machine();
  await sealing.write(5);
  await sealAll(machine);
});
afterEach(() => sealing.close());

/** The same log, read in another way. */
const readBy = (read: EventStore['read']): Pick<EventStore, 'read' | 'follow' | 'readAt'> => ({
  read,
  follow: read,
  readAt: (positions) => sealing.store.readAt(positions),
});

const aheadOf = (store: Pick<EventStore, 'follow' | 'readAt'> = sealing.store, leavesMax = 4000) => {
  const ahead = new LeavesAhead(store, { leavesMax });
  ahead.follow(5);
  return ahead;
};

describe('leaves that are made before the step that seals them', () => {
  it('are sealed as those of the log, and their facts are not read again', async () => {
    const asked: number[] = [];
    const read: EventStore['read'] = (after, limit) => {
      asked.push(after);
      return sealing.store.read(after, limit);
    };
    const ahead = aheadOf();
    for (const more of [1, 600, 3]) {
      await sealing.write(more);
      await ahead.readOn();
    }
    await sealing.write(2);
    const step = await sealNext({ ...machine, store: readBy(read), ahead });
    expect(step).toEqual({ outcome: 'sealed', size: 611, position: 611, isAll: true });
    expect(asked).toEqual([609]);
    expect(await sealedSize(sealing, machine)).toBe(611);
  });

  it('end at the closing of figures, and at the size of a step', async () => {
    await sealing.write(3);
    await sealing.write(1, 'FiguresClosed');
    await sealing.write(2);
    const ahead = aheadOf();
    for (const _ of [1, 2]) await ahead.readOn();
    expect(await sealNext({ ...machine, ahead })).toMatchObject({ size: 9, isAll: false });
    await sealing.write(20);
    const small = aheadOf(sealing.store, 7);
    small.follow(9);
    for (const _ of [1, 2]) await small.readOn();
    expect(await sealNext({ ...machine, ahead: small, batchMax: 7 })).toMatchObject({ size: 16, isAll: false });
    await sealAll(machine);
    expect(await machine.outside.checkpointSizes()).toEqual([5, 9, 16, 31]);
    expect(await sealedSize(sealing, machine)).toBe(31);
  });

  it('are made again where the log has others since, or none', async () => {
    await sealing.write(4);
    const others = tampered(sealing.store, (events) =>
      events.map((event) => (event.position < 8 ? event : { ...event, recordedAt: event.recordedAt + 1 })),
    );
    const longer = tampered(sealing.store, (events) => [...events, ...events.slice(-1).map(later)]);
    for (const lost of [others, longer]) {
      const ahead = aheadOf(readBy(lost.read));
      await ahead.readOn();
      expect(await ahead.take(5)).toEqual({ leaves: [], isCut: false });
      expect(ahead.isFollowing).toBe(false);
    }
    const ahead = aheadOf(readBy(others.read));
    await ahead.readOn();
    await sealNext({ ...machine, ahead });
    expect(await sealedSize(sealing, machine)).toBe(9);
  });

  it('are left alone where another node has sealed on', async () => {
    await sealing.write(4);
    const ahead = aheadOf();
    await ahead.readOn();
    await sealAll(machineIn(machine.folder, sealing));
    await sealing.write(2);
    expect(await sealNext({ ...machine, ahead })).toMatchObject({ size: 11, isAll: true });
    expect(await sealedSize(sealing, machine)).toBe(11);
  });

  it('are none where the log could not be read, which is the next step’s to tell', async () => {
    const ahead = aheadOf(readBy(() => Promise.reject(new Error('away'))));
    await ahead.readOn();
    expect(ahead.isFollowing).toBe(false);
    await sealing.write(1);
    expect(await sealNext({ ...machine, ahead })).toMatchObject({ size: 6 });
  });
});

const later = <Event extends { readonly position: number }>(event: Event): Event => ({
  ...event,
  position: event.position + 1,
});
