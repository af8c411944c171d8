import { z } from 'zod';
import { deviceRefusals } from '../../events/device.ts';
import { Code, Id, line, Reason } from '../../events/fields.ts';
import { Position, refused } from './answers.ts';

export const DeviceBody = z.strictObject({
  label: line(60).describe('Where it stands or what it is called; không ghi họ tên, số điện thoại'),
  gate: Code,
});
export const DeviceRegistered = z.object({
  outcome: z.literal('registered'),
  device: Id,
  label: z.string(),
  site: Code,
  gate: Code,
  position: Position,
});

export const DeviceChangeBody = z.strictObject({ gate: Code });
export const DeviceMoved = z.union([
  z.object({ outcome: z.literal('moved'), device: Id, site: Code, gate: Code, position: Position }),
  refused(deviceRefusals),
]);

export const DeviceRevocationBody = z.strictObject({ reason: Reason });
export const DeviceRevoked = z.union([
  z.object({ outcome: z.literal('revoked'), device: Id, position: Position }),
  refused(deviceRefusals),
]);
