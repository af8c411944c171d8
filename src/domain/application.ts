import type { ApplicationForm, ApplicationRefusal, ApplicationStatus } from '../../events/application.ts';
import type { DataOf, ProjectedFact } from '../../events/catalogue.ts';
import {
  type ApplicationMove,
  applicationMoves,
  boothHolding,
  isApplicationMove,
  mayFollow,
  movesAfterClosing,
} from './application-steps.ts';
import { type Decided, type Missed, notFound } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';
import { type Wrong, wrong } from './wrong-field.ts';

export type UnknownApplication = { readonly status: 'unknown' };
export type KnownApplication = {
  readonly status: ApplicationStatus;
  readonly form: ApplicationForm;
  /** Reference of the contact in the vault. */
  readonly representative: string | null;
  readonly granted: readonly { readonly assignment: string; readonly booth: string }[];
  /** Assignments that are over, whether or not their grant was ever told. */
  readonly takenBack: readonly string[];
};
/** An exhibitor's way through one fair, except who has which booth: that is the booth's to say. */
export type Application = UnknownApplication | KnownApplication;

export const unknownApplication: Application = { status: 'unknown' };

export function evolveApplication(application: Application, event: ProjectedFact): Application {
  switch (event.type) {
    case 'ApplicationDrafted':
    case 'ApplicationSubmitted':
    case 'ApplicationResubmitted':
      return written(application, event.data, applicationMoves[event.type].to);
    case 'BoothGranted':
      return application.status === 'unknown'
        ? application
        : holding(application, { granted: [...application.granted, event.data] });
    case 'BoothTakenBack':
      return application.status === 'unknown'
        ? application
        : holding(application, { takenBack: [...application.takenBack, event.data.assignment] });
    default:
      return application.status === 'unknown' || !isApplicationMove(event.type)
        ? application
        : { ...application, status: applicationMoves[event.type].to };
  }
}

/** The booths an application holds now: granted, and not taken back. */
export const boothsHeld = ({ granted, takenBack }: KnownApplication): KnownApplication['granted'] =>
  granted.filter(({ assignment }) => !takenBack.includes(assignment));

/** One fact of an exhibitor's way. */
export type ApplicationFact = {
  readonly [Move in ApplicationMove]: { readonly type: Move; readonly data: DataOf<Move> };
}[ApplicationMove];

/** The next fact of an exhibitor's way, if it may follow now. `occurredAt` in milliseconds since 1970. */
export function followApplication(
  application: Application,
  next: ApplicationFact,
  { fair, occurredAt }: { readonly fair: OpenFair; readonly occurredAt: number },
): Decided<ApplicationMove, ApplicationRefusal> | Missed | Wrong {
  if (!mayFollow(application.status, next.type)) return refusalOf(application);
  if (isAfterClosing(fair, occurredAt) && !movesAfterClosing.includes(next.type)) return { refused: 'fair-closed' };
  return leavesNobodyToAsk(next) ? wrong('contact', 'must be there, so that the organiser can answer') : next;
}

/** What the booth's stream decided, unless the application ended or the booth was taken back meanwhile. */
export function grantBooth(
  application: Application,
  grant: DataOf<'BoothGranted'>,
): Decided<'BoothGranted', ApplicationRefusal | 'assignment-over'> | Missed {
  if (application.status === 'unknown') return notFound;
  if (!mayHoldBooth(application)) return refusalOf(application);
  if (application.takenBack.includes(grant.assignment)) return { refused: 'assignment-over' };
  return { type: 'BoothGranted', data: grant };
}

/** Recorded in every state, and even before its grant: held is what was granted and not taken back. */
export function takeBoothBack(
  application: Application,
  end: DataOf<'BoothTakenBack'>,
): Decided<'BoothTakenBack', never> | Missed {
  return application.status === 'unknown' ? notFound : { type: 'BoothTakenBack', data: end };
}

/** Whether a booth may be given to this application, as far as the application is concerned. */
export const mayHoldBooth = ({ status }: Application): boolean => {
  const holders: readonly string[] = boothHolding;
  return holders.includes(status);
};

const leavesNobodyToAsk = ({ type, data }: ApplicationFact): boolean =>
  (type === 'ApplicationSubmitted' || type === 'ApplicationResubmitted') && data.representative === null;

const refusalOf = ({ status }: Application): { readonly refused: ApplicationRefusal } | Missed =>
  status === 'unknown' ? notFound : { refused: `application-is-${status}` };

function written(
  application: Application,
  { form, representative }: { form: ApplicationForm; representative: string | null },
  status: ApplicationStatus,
): KnownApplication {
  const { granted, takenBack } = application.status === 'unknown' ? { granted: [], takenBack: [] } : application;
  return { status, form, representative, granted, takenBack };
}

/** The first booth makes an approved application an assigned one; without the last booth it is approved again. */
function holding(application: KnownApplication, change: Partial<KnownApplication>): KnownApplication {
  const next = { ...application, ...change };
  const holds = boothsHeld(next).length > 0;
  if (application.status === 'approved' && holds) return { ...next, status: 'assigned' };
  if ((application.status === 'assigned' || application.status === 'confirmed') && !holds)
    return { ...next, status: 'approved' };
  return next;
}
