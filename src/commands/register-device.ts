import { registerDevice as decide } from '../domain/device.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { deviceCommand } from './device-command.ts';
import { dataOf } from './recorded.ts';

export type DeviceRegistered = {
  readonly outcome: 'registered';
  readonly device: string;
  readonly label: string;
  readonly site: string;
  readonly gate: string;
};

/** Names a device and binds it to a gate; it can do nothing before it is enrolled. */
export const registerDevice = (
  ports: CommandPorts,
  context: CommandContext,
  registration: { readonly device: string; readonly label: string; readonly gate: string },
): Promise<Handled<DeviceRegistered>> =>
  run(
    ports,
    context,
    deviceCommand(context, {
      kind: 'device',
      id: registration.device,
      device: registration.device,
      content: registration,
      decide: (device, fair) => decide(device, registration, fair),
      answer: (event) => ({ outcome: 'registered', ...dataOf(event, 'DeviceRegistered') }),
    }),
  );
