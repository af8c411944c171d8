import type { FairEvent } from '../../events/catalogue.ts';
import type { FairSettings, Gate } from '../../events/fair.ts';

export type UnknownFair = { readonly status: 'unknown' };
type Grant = { readonly grant: string; readonly expiresAt: number };
type KnownFair = {
  readonly fair: string;
  readonly settings: FairSettings;
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

export function evolveFair(state: FairState, event: FairEvent): FairState {
  if (event.type === 'FairCreated') {
    const { fair, settings, passKey } = event.data;
    return { status: 'running', fair, settings, passKey, revision: 1, grants: [] };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'FairRevised':
      return { ...state, settings: event.data.settings, revision: state.revision + 1 };
    case 'FiguresClosed':
      return { ...state, status: 'closed', closedAt: event.occurredAt };
    case 'FiguresReopened': {
      const { fair, settings, passKey, revision, grants } = state;
      return { status: 'running', fair, settings, passKey, revision, grants };
    }
    case 'AuditGranted':
      return { ...state, grants: [...state.grants, { grant: event.data.grant, expiresAt: event.data.expiresAt }] };
    default:
      return state;
  }
}

export const gateOf = (fair: OpenFair, code: string): Gate | undefined => fair.settings.gates.find((gate) => gate.code === code);

/** Whether something that occurred then comes too late to be a fact (domain, `fair-closed`). */
export const isAfterClosing = (fair: OpenFair, occurredAt: number): boolean => fair.status === 'closed' && occurredAt > fair.closedAt;
