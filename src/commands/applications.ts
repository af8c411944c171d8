import { toFairEvent } from '../../events/catalogue.ts';
import { type Application, evolveApplication, unknownApplication } from '../domain/application.ts';
import type { CommandPorts } from './command.ts';
import { streamOf } from './ids.ts';

/**
 * An application as its stream has it now, or had it at a version: a look-up beside another stream's decision.
 * @param version counts the stream's events from 1
 */
export async function loadApplication(
  { store }: Pick<CommandPorts, 'store'>,
  fair: string,
  application: string,
  { version = Infinity }: { readonly version?: number } = {},
): Promise<Application> {
  const [events = []] = await store.load([{ stream: streamOf(fair, 'application', application), afterVersion: 0 }]);
  return events
    .filter((event) => event.version <= version)
    .map(toFairEvent)
    .reduce(evolveApplication, unknownApplication);
}

/** Whether there is such an exhibitor: whoever ever applied, since what happened at a booth is recorded anyway. */
export const isExhibitor = async (
  ports: Pick<CommandPorts, 'store'>,
  fair: string,
  exhibitor: string,
): Promise<boolean> => (await loadApplication(ports, fair, exhibitor)).status !== 'unknown';
