import { describe, expect, test } from 'vitest';
import type { FairEvent } from '../../events/catalogue.ts';
import { sortByClosing } from '../../src/projector/closings.ts';
import { fact, fairId, idOf } from '../support/facts.ts';

const at = (position: number, event: FairEvent): FairEvent => ({ ...event, position });
const revoked = (position: number) =>
  at(position, fact('DeviceRevoked', { device: idOf(1), revocation: idOf(2), reason: 'mất máy' }));
const closed = (position: number) => at(position, fact('FiguresClosed', { closing: idOf(3) }));
const reopened = (position: number) => at(position, fact('FiguresReopened', { reopening: idOf(4), reason: 'bổ sung' }));

const sorted = (events: readonly FairEvent[], before: readonly [string, number][] = []) => {
  const { passing, held, reopened, letThrough, closed } = sortByClosing(events, new Map(before));
  return {
    passing: passing.map(({ position }) => position),
    held: held.map(({ position }) => position),
    reopened: [...reopened],
    letThrough: [...letThrough],
    closed: [...closed],
  };
};

describe('events round a closing', () => {
  test('pass up to the closing itself, and are held after it', () => {
    expect(sorted([revoked(1), closed(2), revoked(3)])).toEqual({
      passing: [1, 2],
      held: [3],
      letThrough: [],
      reopened: [],
      closed: [[fairId, 2]],
    });
  });

  test('are held from the first on where an earlier batch closed', () => {
    expect(sorted([revoked(3)], [[fairId, 2]])).toEqual({
      passing: [],
      held: [3],
      letThrough: [],
      reopened: [],
      closed: [[fairId, 2]],
    });
  });

  test('held in the same batch pass when it is reopened; those of earlier batches are asked for', () => {
    expect(sorted([closed(2), revoked(3), reopened(4), revoked(5)])).toEqual({
      passing: [2, 3, 4, 5],
      held: [],
      reopened: [],
      letThrough: [[3, 4]],
      closed: [],
    });
    expect(sorted([revoked(3), reopened(4)], [[fairId, 2]])).toEqual({
      passing: [3, 4],
      letThrough: [[3, 4]],
      held: [],
      reopened: [[fairId, 4]],
      closed: [],
    });
  });

  test('closed again stand at the later closing', () => {
    expect(sorted([reopened(4), closed(5), revoked(6)], [[fairId, 2]])).toEqual({
      passing: [4, 5],
      held: [6],
      letThrough: [],
      reopened: [[fairId, 4]],
      closed: [[fairId, 5]],
    });
  });

  test('a second closing of what is closed changes nothing, nor does a reopening of what is open', () => {
    expect(sorted([closed(2), closed(3)])).toEqual({
      passing: [2],
      held: [3],
      reopened: [],
      letThrough: [],
      closed: [[fairId, 2]],
    });
    expect(sorted([reopened(2)])).toEqual({ passing: [2], held: [], reopened: [], letThrough: [], closed: [] });
  });

  test('of other fairs pass', () => {
    expect(sorted([revoked(3)], [[idOf(0xfb), 2]])).toMatchObject({ passing: [3], held: [] });
  });
});
