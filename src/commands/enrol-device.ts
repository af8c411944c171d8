import { enrolDevice as decide } from '../domain/device.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { deviceCommand } from './device-command.ts';

export type DeviceEnrolled = { readonly outcome: 'enrolled'; readonly device: string };

/** Records that a device's one-time QR was used. */
export const enrolDevice = (
  ports: CommandPorts,
  context: CommandContext,
  { enrolment, device }: { readonly enrolment: string; readonly device: string },
): Promise<Handled<DeviceEnrolled>> =>
  run(
    ports,
    context,
    deviceCommand(context, {
      kind: 'enrolment',
      id: enrolment,
      device,
      content: {},
      decide: (state) => decide(state, { device }),
      answer: () => ({ outcome: 'enrolled', device }),
    }),
  );
