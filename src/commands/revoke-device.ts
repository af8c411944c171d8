import { revokeDevice as decide } from '../domain/device.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { deviceCommand } from './device-command.ts';

export type DeviceRevoked = { readonly outcome: 'revoked'; readonly device: string };

/** Revokes a device for good: a device is revoked once, so the revocation has the device's id. */
export const revokeDevice = (
  ports: CommandPorts,
  context: CommandContext,
  { device, reason }: { readonly device: string; readonly reason: string },
): Promise<Handled<DeviceRevoked>> =>
  run(
    ports,
    context,
    deviceCommand(context, {
      kind: 'device-revocation',
      id: device,
      device,
      content: { reason },
      decide: (state) => decide(state, { device, revocation: device, reason }),
      answer: () => ({ outcome: 'revoked', device }),
    }),
  );
