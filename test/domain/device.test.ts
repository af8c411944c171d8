import { describe, expect, it } from 'vitest';
import type { FairEvent } from '../../events/catalogue.ts';
import {
  enrolDevice,
  evolveDevice,
  moveDevice,
  registerDevice,
  revokeDevice,
  unknownDevice,
} from '../../src/domain/device.ts';
import { fact, idOf, runningFair } from '../support/facts.ts';

const device = idOf(0xd1);
const registration = { device, label: 'Cổng chính, máy 1', gate: 'G1' };
const registered = fact('DeviceRegistered', { ...registration, site: 'A' });
const enrolled = fact('DeviceEnrolled', { device });
const revoked = fact('DeviceRevoked', { device, revocation: device, reason: 'mất máy' });
const deviceAfter = (...events: readonly FairEvent[]) => events.reduce(evolveDevice, unknownDevice);
const move = { device, change: idOf(0xce), gate: 'G1' };
const revocation = { device, revocation: device, reason: 'mất máy' };

describe('a device', () => {
  it('is registered once, at a gate that the fair has', () => {
    expect(registerDevice(unknownDevice, registration, runningFair)).toEqual({
      type: 'DeviceRegistered',
      data: { ...registration, site: 'A' },
    });
    expect(registerDevice(deviceAfter(registered), registration, runningFair)).toEqual({
      refused: 'already-registered',
    });
    expect(registerDevice(unknownDevice, { ...registration, gate: 'G9' }, runningFair)).toMatchObject({
      wrong: [{ field: 'gate' }],
    });
  });

  it('is enrolled, moved and revoked once it is registered, however often it was enrolled', () => {
    for (const state of [
      deviceAfter(registered),
      deviceAfter(registered, enrolled),
      deviceAfter(registered, enrolled, enrolled),
    ]) {
      expect(enrolDevice(state, { device })).toEqual({ type: 'DeviceEnrolled', data: { device } });
      expect(moveDevice(state, move, runningFair)).toEqual({ type: 'DeviceMoved', data: { ...move, site: 'A' } });
      expect(moveDevice(state, { ...move, gate: 'G9' }, runningFair)).toHaveProperty('wrong');
      expect(revokeDevice(state, revocation)).toEqual({ type: 'DeviceRevoked', data: revocation });
    }
  });

  it('that nobody registered is not there', () => {
    const missed = { missed: 'not-found' };
    expect(enrolDevice(unknownDevice, { device })).toEqual(missed);
    expect(moveDevice(unknownDevice, move, runningFair)).toEqual(missed);
    expect(revokeDevice(unknownDevice, revocation)).toEqual(missed);
  });

  it('that was revoked does nothing any more', () => {
    const state = deviceAfter(registered, enrolled, revoked);
    expect(enrolDevice(state, { device })).toEqual({ refused: 'revoked' });
    expect(moveDevice(state, move, runningFair)).toEqual({ refused: 'revoked' });
    expect(revokeDevice(state, revocation)).toEqual({ refused: 'revoked' });
    expect(deviceAfter(registered, revoked, fact('DeviceMoved', { ...move, site: 'A' }))).toHaveProperty(
      'status',
      'revoked',
    );
  });
});
