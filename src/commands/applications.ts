import { type FairEvent, toFairEvent } from '../../events/catalogue.ts';
import { type Application, boothsHeld, evolveApplication, unknownApplication } from '../domain/application.ts';
import type { CommandPorts } from './command.ts';
import { streamOf } from './ids.ts';

type Store = Pick<CommandPorts, 'store'>;

/** An application as its stream has it now: a look-up beside another stream's decision. */
export const loadApplication = async (ports: Store, fair: string, application: string): Promise<Application> =>
  (await loadEvents(ports, fair, application)).reduce(evolveApplication, unknownApplication);

/** The booths an application held when its stream was at a version (from 1), whatever came after. */
export async function boothsHeldAt(
  ports: Store,
  fair: string,
  { application, version }: { readonly application: string; readonly version: number },
): Promise<ReturnType<typeof boothsHeld>> {
  const events = await loadEvents(ports, fair, application);
  const then = events.filter((event) => event.version <= version).reduce(evolveApplication, unknownApplication);
  return then.status === 'unknown' ? [] : boothsHeld(then);
}

/** Whether anybody ever applied by that name. */
export const hasApplied = async (ports: Store, fair: string, application: string): Promise<boolean> =>
  (await loadApplication(ports, fair, application)).status !== 'unknown';

/**
 * Whether there is such an exhibitor: whoever was approved once, since what happened at a booth is recorded even when
 * its exhibitor withdraws; nobody else comes into the figures.
 */
export const isExhibitor = async (ports: Store, fair: string, exhibitor: string): Promise<boolean> =>
  (await loadEvents(ports, fair, exhibitor)).some(({ type }) => type === 'ApplicationApproved');

/** All that happened on an application's way. */
export async function loadEvents({ store }: Store, fair: string, application: string): Promise<FairEvent[]> {
  const [events = []] = await store.load([{ stream: streamOf(fair, 'application', application), afterVersion: 0 }]);
  return events.map(toFairEvent);
}
