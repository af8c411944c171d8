import type { DataOf, ProjectedFact } from '../../events/catalogue.ts';
import type { FairSettings, Gate } from '../../events/fair.ts';
import type { Decided } from './decision.ts';
import { type Wrong, wrong } from './wrong-field.ts';

export type UnknownFair = { readonly status: 'unknown' };
type Grant = { readonly grant: string; readonly expiresAt: number };
type KnownFair = {
  readonly fair: string;
  readonly settings: FairSettings;
  /** Gates that were taken away or moved to another site, as they were: devices that were offline still name them. */
  readonly formerGates: readonly Gate[];
  readonly passKey: string;
  /** Counts the settings from 1; the ETag of the fair. */
  readonly revision: number;
  readonly grants: readonly Grant[];
};
/** Its figures are provisional. */
export type RunningFair = KnownFair & { readonly status: 'running' };
/** Its figures are final; what occurred after `closedAt` (ms) is refused. */
export type ClosedFair = KnownFair & { readonly status: 'closed'; readonly closedAt: number };
export type OpenFair = RunningFair | ClosedFair;
export type FairState = UnknownFair | OpenFair;

export const unknownFair: UnknownFair = { status: 'unknown' };

export function evolveFair(state: FairState, event: ProjectedFact): FairState {
  if (event.type === 'FairCreated') {
    const { fair, settings, passKey } = event.data;
    return { status: 'running', fair, settings, formerGates: [], passKey, revision: 1, grants: [] };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'FairRevised':
      return revised(state, event.data.settings);
    case 'FiguresClosed':
      return { ...state, status: 'closed', closedAt: event.occurredAt };
    case 'FiguresReopened':
      return reopened(state);
    case 'AuditGranted':
      return { ...state, grants: [...state.grants, { grant: event.data.grant, expiresAt: event.data.expiresAt }] };
    default:
      return state;
  }
}

/** A gate as it is, or as it last was. */
export const gateOf = (fair: Pick<KnownFair, 'settings' | 'formerGates'>, code: string): Gate | undefined =>
  fair.settings.gates.find((gate) => gate.code === code) ?? fair.formerGates.findLast((gate) => gate.code === code);

/** Whether something that occurred then comes too late to be a fact (domain, `fair-closed`). */
export const isAfterClosing = (fair: OpenFair, occurredAt: number): boolean =>
  fair.status === 'closed' && occurredAt > fair.closedAt;

/** Whether an auditor's grant lets the organiser see single sales at this moment (ms). */
export const isAuditGranted = (fair: OpenFair, now: number): boolean =>
  fair.grants.some(({ expiresAt }) => now < expiresAt);

export const createFair = (
  fair: FairState,
  created: DataOf<'FairCreated'>,
): Decided<'FairCreated', 'already-created'> =>
  fair.status === 'unknown' ? { type: 'FairCreated', data: created } : { refused: 'already-created' };

/** Replaces the settings as a whole, where nobody else did since the `basedOn` revision was read. */
export function reviseFair(
  fair: OpenFair,
  { basedOn, ...revision }: DataOf<'FairRevised'> & { readonly basedOn: number },
): Decided<'FairRevised', 'fair-closed'> | { readonly missed: 'stale-revision' } {
  if (fair.revision !== basedOn) return { missed: 'stale-revision' };
  return fair.status === 'closed' ? { refused: 'fair-closed' } : { type: 'FairRevised', data: revision };
}

/** Adds persons to visits, or takes them away, at a gate and site that belong or belonged together. */
export function recordCorrection(
  fair: OpenFair,
  { site, ...correction }: Omit<DataOf<'CorrectionRecorded'>, 'site'> & { readonly site?: string | undefined },
  occurredAt: number,
): Decided<'CorrectionRecorded', 'fair-closed'> | Wrong {
  const gates = [...fair.formerGates, ...fair.settings.gates].filter(({ code }) => code === correction.gate);
  const gate = gates.findLast((known) => site === undefined || known.site === site);
  if (gates.length === 0) return wrong('gate', 'must be one of the fair’s gates');
  if (!gate) return wrong('site', 'must be the site of the gate');
  if (!fair.settings.days.includes(correction.day)) return wrong('day', 'must be one of the fair’s days');
  if (isAfterClosing(fair, occurredAt)) return { refused: 'fair-closed' };
  return { type: 'CorrectionRecorded', data: { ...correction, site: gate.site } };
}

export const closeFigures = (
  fair: OpenFair,
  closing: DataOf<'FiguresClosed'>,
): Decided<'FiguresClosed', 'already-closed'> =>
  fair.status === 'closed' ? { refused: 'already-closed' } : { type: 'FiguresClosed', data: closing };

export const reopenFigures = (
  fair: OpenFair,
  reopening: DataOf<'FiguresReopened'>,
): Decided<'FiguresReopened', 'not-closed'> =>
  fair.status === 'closed' ? { type: 'FiguresReopened', data: reopening } : { refused: 'not-closed' };

const auditDaysMax = 31;

/** @param occurredAt when the grant is given, ms since 1970 */
export function grantAudit(grant: DataOf<'AuditGranted'>, occurredAt: number): Decided<'AuditGranted', never> | Wrong {
  const lasts = grant.expiresAt - occurredAt;
  if (lasts <= 0 || lasts > auditDaysMax * 86_400_000) {
    return wrong('expiresAt', `must lie ahead, by at most ${auditDaysMax} days`);
  }
  return { type: 'AuditGranted', data: grant };
}

function revised(fair: OpenFair, settings: FairSettings): OpenFair {
  const former = formerGates(fair.settings, fair.formerGates, settings);
  return { ...fair, settings, formerGates: former, revision: fair.revision + 1 };
}

/** The gates of the past after a revision: those of before, and those that it takes away or moves. */
export function formerGates(before: FairSettings, former: readonly Gate[], after: FairSettings): readonly Gate[] {
  const stays = (gate: Gate) => after.gates.some(({ code, site }) => code === gate.code && site === gate.site);
  return [...former, ...before.gates.filter((gate) => !stays(gate))];
}

function reopened({ fair, settings, formerGates, passKey, revision, grants }: OpenFair): RunningFair {
  return { status: 'running', fair, settings, formerGates, passKey, revision, grants };
}
