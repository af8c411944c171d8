import { moveDevice as decide } from '../domain/device.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { deviceCommand } from './device-command.ts';
import { dataOf } from './recorded.ts';

export type DeviceMoved = {
  readonly outcome: 'moved';
  readonly device: string;
  readonly site: string;
  readonly gate: string;
};

/** Binds a device to another gate, by the organiser or on the device itself. */
export const moveDevice = (
  ports: CommandPorts,
  context: CommandContext,
  move: { readonly device: string; readonly change: string; readonly gate: string },
): Promise<Handled<DeviceMoved>> =>
  run(
    ports,
    context,
    deviceCommand(context, {
      kind: 'device-change',
      id: move.change,
      device: move.device,
      content: { gate: move.gate },
      decide: (device, fair) => decide(device, move, fair),
      answer: (event) => {
        const { device, site, gate } = dataOf(event, 'DeviceMoved');
        return { outcome: 'moved', device, site, gate };
      },
    }),
  );
