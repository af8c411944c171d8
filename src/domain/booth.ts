import type {
  assignmentRefusals,
  boothChangeRefusals,
  BoothPlan,
  planRefusals,
  releaseRefusals,
} from '../../events/booth.ts';
import type { DataOf, ProjectedFact } from '../../events/catalogue.ts';
import { type Application, mayHoldBooth } from './application.ts';
import { type Decided, type Missed, notFound } from './decision.ts';
import { isAfterClosing, type OpenFair } from './fair.ts';
import { type Wrong, wrong } from './wrong-field.ts';

export type UnplannedBooth = { readonly status: 'unplanned' };
export type FreeBooth = { readonly status: 'available' | 'reserved' | 'blocked'; readonly plan: BoothPlan };
export type AssignedBooth = {
  readonly status: 'assigned';
  readonly plan: BoothPlan;
  readonly assignment: string;
  readonly exhibitor: string;
};
/** One booth of one fair. This, and nothing else, says who has it. */
export type Booth = UnplannedBooth | FreeBooth | AssignedBooth;

export const unplannedBooth: Booth = { status: 'unplanned' };

export function evolveBooth(booth: Booth, event: ProjectedFact): Booth {
  if (event.type === 'BoothPlanned') return { status: 'available', plan: event.data.plan };
  if (booth.status === 'unplanned') return booth;
  switch (event.type) {
    case 'BoothChanged':
      return changed(booth, event.data);
    case 'BoothAssigned':
      return {
        status: 'assigned',
        plan: booth.plan,
        assignment: event.data.assignment,
        exhibitor: event.data.exhibitor,
      };
    case 'BoothReleased':
      return { status: 'available', plan: booth.plan };
    default:
      return booth;
  }
}

/** When something is asked, and of which fair. `occurredAt` in milliseconds since 1970. */
type Circumstances = { readonly fair: OpenFair; readonly occurredAt: number };

export function planBooth(
  booth: Booth,
  plan: DataOf<'BoothPlanned'>,
  circumstances: Circumstances,
): Decided<'BoothPlanned', (typeof planRefusals)[number]> | Wrong {
  if (booth.status !== 'unplanned') return { refused: 'already-planned' };
  return refusedPlan(plan.plan, { ...circumstances, field: 'site' }) ?? { type: 'BoothPlanned', data: plan };
}

/** Moves a booth on the plan, or keeps it back. An assigned one has to be released before it is reserved or blocked. */
export function changeBooth(
  booth: Booth,
  change: DataOf<'BoothChanged'>,
  circumstances: Circumstances,
): Decided<'BoothChanged', (typeof boothChangeRefusals)[number]> | Missed | Wrong {
  if (booth.status === 'unplanned') return notFound;
  if (booth.status === 'assigned' && change.state !== undefined) return { refused: 'booth-assigned' };
  return (
    refusedPlan(change.plan ?? booth.plan, { ...circumstances, field: 'plan.site' }) ?? {
      type: 'BoothChanged',
      data: change,
    }
  );
}

/**
 * Gives a booth to an exhibitor: of any number who try, one wins (domain, “no double assignment, ever”).
 * @param circumstances with the application as it was looked up just before; if it has ended meanwhile, it refuses the
 * grant, and the booth is released again.
 */
export function assignBooth(
  booth: Booth,
  assignment: DataOf<'BoothAssigned'>,
  { fair, occurredAt, application }: Circumstances & { readonly application: Application },
): Decided<'BoothAssigned', (typeof assignmentRefusals)[number]> | Missed {
  if (booth.status === 'unplanned') return notFound;
  if (isAfterClosing(fair, occurredAt)) return { refused: 'fair-closed' };
  if (application.status === 'unknown') return { refused: 'unknown-exhibitor' };
  if (!mayHoldBooth(application)) return { refused: `application-is-${application.status}` };
  return booth.status === 'available'
    ? { type: 'BoothAssigned', data: assignment }
    : { refused: `booth-${booth.status}` };
}

/** Ends the assignment that is named; one that came after it stays. */
export function releaseBooth(
  booth: Booth,
  release: Omit<DataOf<'BoothReleased'>, 'exhibitor'>,
  { fair, occurredAt }: Circumstances,
): Decided<'BoothReleased', (typeof releaseRefusals)[number]> | Missed {
  if (booth.status === 'unplanned') return notFound;
  if (booth.status !== 'assigned' || booth.assignment !== release.assignment) return { refused: 'assignment-over' };
  if (isAfterClosing(fair, occurredAt)) return { refused: 'fair-closed' };
  return { type: 'BoothReleased', data: { ...release, exhibitor: booth.exhibitor } };
}

function changed(booth: FreeBooth | AssignedBooth, change: DataOf<'BoothChanged'>): Booth {
  const plan = change.plan ?? booth.plan;
  return booth.status === 'assigned' ? { ...booth, plan } : { status: change.state ?? booth.status, plan };
}

/** @param circumstances with the field of the request that names the site */
function refusedPlan(
  plan: BoothPlan,
  { fair, occurredAt, field }: Circumstances & { readonly field: string },
): { readonly refused: 'fair-closed' } | Wrong | undefined {
  if (isAfterClosing(fair, occurredAt)) return { refused: 'fair-closed' };
  return fair.settings.sites.some((site) => site.code === plan.site)
    ? undefined
    : wrong(field, 'must be the code of one of the fair’s sites');
}
