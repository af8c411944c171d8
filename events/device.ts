import { z } from 'zod';
import { Id, line, place, Reason } from './fields.ts';

/** Why a device can no longer be enrolled or moved. */
export const deviceRefusals = ['revoked'] as const;

export const deviceEvents = {
  /** Named and bound to a gate by the organiser; its one-time QR is not a fact. */
  DeviceRegistered: z.strictObject({ device: Id, label: line(60), ...place }),
  /** The one-time QR was used: the device has its token. */
  DeviceEnrolled: z.strictObject({ device: Id }),
  DeviceMoved: z.strictObject({ device: Id, change: Id, ...place }),
  DeviceRevoked: z.strictObject({ device: Id, revocation: Id, reason: Reason }),
};
