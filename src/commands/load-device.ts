import { toFairEvent } from '../../events/catalogue.ts';
import { type Device, evolveDevice, unknownDevice } from '../domain/device.ts';
import type { CommandPorts } from './command.ts';
import { streamOf } from './ids.ts';

/** A gate device as its stream has it now. */
export async function loadDevice(
  { store }: Pick<CommandPorts, 'store'>,
  fair: string,
  device: string,
): Promise<Device> {
  const [events = []] = await store.load([{ stream: streamOf(fair, 'device', device), afterVersion: 0 }]);
  return events.map(toFairEvent).reduce(evolveDevice, unknownDevice);
}
