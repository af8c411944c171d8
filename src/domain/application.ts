import type { ApplicationForm } from '../../events/application.ts';
import type { DataOf, FairEvent } from '../../events/catalogue.ts';
import {
  type ApplicationMove,
  type ApplicationStatus,
  applicationMoves,
  boothHolding,
  isApplicationMove,
  mayFollow,
  movesAfterClosing,
} from './application-steps.ts';
import type { Decided } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';

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

export function evolveApplication(application: Application, event: FairEvent): Application {
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

export type ApplicationRefusal = 'fair-closed' | 'unknown-application' | `application-is-${ApplicationStatus}`;

/** The next fact of an exhibitor's way, if it may follow now. `occurredAt` in milliseconds since 1970. */
export function decideMove<Move extends ApplicationMove>(
  application: Application,
  move: { readonly type: Move; readonly data: DataOf<Move> },
  { fair, occurredAt }: { readonly fair: OpenFair; readonly occurredAt: number },
): { readonly type: Move; readonly data: DataOf<Move> } | { readonly refused: ApplicationRefusal } {
  if (!mayFollow(application.status, move.type)) return { refused: refusalOf(application) };
  if (isAfterClosing(fair, occurredAt) && !movesAfterClosing.includes(move.type)) return { refused: 'fair-closed' };
  return move;
}

export type GrantRefusal = ApplicationRefusal | 'assignment-over';

/** What the booth's stream decided, unless the application ended or the booth was taken back meanwhile. */
export function grantBooth(
  application: Application,
  grant: DataOf<'BoothGranted'>,
): Decided<'BoothGranted', GrantRefusal> {
  if (application.status === 'unknown' || !mayHoldBooth(application)) return { refused: refusalOf(application) };
  if (application.takenBack.includes(grant.assignment)) return { refused: 'assignment-over' };
  return { type: 'BoothGranted', data: grant };
}

/** Recorded in every state, and even before its grant: held is what was granted and not taken back. */
export function takeBoothBack(
  application: Application,
  end: DataOf<'BoothTakenBack'>,
): Decided<'BoothTakenBack', 'unknown-application'> {
  return application.status === 'unknown' ? { refused: 'unknown-application' } : { type: 'BoothTakenBack', data: end };
}

/** Whether a booth may be given to this application, as far as the application is concerned. */
export const mayHoldBooth = ({ status }: Application): boolean => {
  const holders: readonly string[] = boothHolding;
  return holders.includes(status);
};

const refusalOf = ({ status }: Application): ApplicationRefusal =>
  status === 'unknown' ? 'unknown-application' : `application-is-${status}`;

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
