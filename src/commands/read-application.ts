import type { ApplicationForm, ApplicationStatus } from '../../events/application.ts';
import type { FairEvent } from '../../events/catalogue.ts';
import { boothsHeld, evolveApplication, unknownApplication } from '../domain/application.ts';
import { isApplicationMove, statusAfter } from '../domain/application-steps.ts';
import { loadEvents } from './applications.ts';
import type { CommandPorts } from './command.ts';
import { timeText } from './recorded.ts';

/** What happened on an application's way: the state it led to, or what became of a booth. */
export type Happened = {
  readonly what: ApplicationStatus | 'booth-granted' | 'booth-taken-back';
  /** RFC 3339. */
  readonly at: string;
  readonly reason?: string;
};

export type ReadApplication = {
  readonly status: ApplicationStatus;
  readonly form: ApplicationForm;
  /** Reference of the contact in the vault. */
  readonly representative: string | null;
  readonly booths: readonly string[];
  /** The latest last. */
  readonly way: readonly Happened[];
};

/** An application as its stream has it, at once after a write; undefined where there is none. */
export async function readApplication(
  ports: Pick<CommandPorts, 'store'>,
  fair: string,
  application: string,
): Promise<ReadApplication | undefined> {
  const events = await loadEvents(ports, fair, application);
  const state = events.reduce(evolveApplication, unknownApplication);
  if (state.status === 'unknown') return undefined;
  const { status, form, representative } = state;
  return {
    status,
    form,
    representative,
    booths: boothsHeld(state).map(({ booth }) => booth),
    way: events.filter(({ type }) => type !== 'RequestRefused').map(happened),
  };
}

const happened = (event: FairEvent): Happened => ({
  what: isApplicationMove(event.type) ? statusAfter(event.type) : aboutBooth(event),
  at: timeText(event.occurredAt),
  ...('reason' in event.data && event.data.reason !== undefined ? { reason: event.data.reason } : {}),
});

const aboutBooth = ({ type }: FairEvent) => (type === 'BoothGranted' ? 'booth-granted' : 'booth-taken-back');
