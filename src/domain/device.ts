import type { DataOf, FairEvent } from '../../events/catalogue.ts';
import { type Decided, type Missed, notFound } from './decision.ts';
import type { OpenFair } from './fair.ts';
import { type Wrong, wrong } from './wrong-field.ts';

export type UnknownDevice = { readonly status: 'unknown' };
/** `enrolled` once its one-time QR was used; it may be enrolled again, after which the older token is of no use. */
export type UsableDevice = {
  readonly status: 'registered' | 'enrolled';
  readonly label: string;
  readonly gate: string;
};
export type RevokedDevice = { readonly status: 'revoked'; readonly label: string; readonly gate: string };
export type Device = UnknownDevice | UsableDevice | RevokedDevice;

export const unknownDevice: Device = { status: 'unknown' };

export function evolveDevice(device: Device, event: FairEvent): Device {
  if (event.type === 'DeviceRegistered') {
    return { status: 'registered', label: event.data.label, gate: event.data.gate };
  }
  if (device.status === 'unknown') return device;
  switch (event.type) {
    case 'DeviceEnrolled':
      return { ...device, status: 'enrolled' };
    case 'DeviceMoved':
      return { ...device, gate: event.data.gate };
    case 'DeviceRevoked':
      return { ...device, status: 'revoked' };
    default:
      return device;
  }
}

type Unplaced<Type extends 'DeviceRegistered' | 'DeviceMoved'> = Omit<DataOf<Type>, 'site'>;

export function registerDevice(
  device: Device,
  registration: Unplaced<'DeviceRegistered'>,
  fair: OpenFair,
): Decided<'DeviceRegistered', 'already-registered'> | Wrong {
  if (device.status !== 'unknown') return { refused: 'already-registered' };
  const site = siteOf(fair, registration.gate);
  return typeof site === 'string' ? { type: 'DeviceRegistered', data: { ...registration, site } } : site;
}

export function enrolDevice(
  device: Device,
  enrolment: DataOf<'DeviceEnrolled'>,
): Decided<'DeviceEnrolled', 'revoked'> | Missed {
  if (device.status === 'unknown') return notFound;
  return device.status === 'revoked' ? { refused: 'revoked' } : { type: 'DeviceEnrolled', data: enrolment };
}

/** Binds a device to another gate. What it scanned before stays where it was. */
export function moveDevice(
  device: Device,
  move: Unplaced<'DeviceMoved'>,
  fair: OpenFair,
): Decided<'DeviceMoved', 'revoked'> | Wrong | Missed {
  if (device.status === 'unknown') return notFound;
  if (device.status === 'revoked') return { refused: 'revoked' };
  const site = siteOf(fair, move.gate);
  return typeof site === 'string' ? { type: 'DeviceMoved', data: { ...move, site } } : site;
}

export function revokeDevice(
  device: Device,
  revocation: DataOf<'DeviceRevoked'>,
): Decided<'DeviceRevoked', 'revoked'> | Missed {
  if (device.status === 'unknown') return notFound;
  return device.status === 'revoked' ? { refused: 'revoked' } : { type: 'DeviceRevoked', data: revocation };
}

/** Only a gate that the fair has now can be stood at. */
function siteOf(fair: OpenFair, gate: string): string | Wrong {
  const known = fair.settings.gates.find(({ code }) => code === gate);
  return known ? known.site : wrong('gate', 'must be one of the fair’s gates');
}
