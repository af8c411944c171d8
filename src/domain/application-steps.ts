import type { ApplicationStatus } from '../../events/application.ts';

/** Whoever may be given a booth, or one more. */
export const boothHolding = ['approved', 'assigned', 'confirmed', 'present'] as const;

const underReview = ['submitted', 'resubmitted'] as const;
const beforeTheFair = [
  'submitted',
  'changes-requested',
  'resubmitted',
  'approved',
  'waitlisted',
  'assigned',
  'confirmed',
] as const;

/**
 * What may follow what on an exhibitor's way (domain §4): from which states each fact may follow, and where it leads.
 * Besides the drawn way:
 * - the organiser may mark present whoever has a booth, confirmed or not, since they stand there;
 * - a mistaken or overtaken “declined” and “absent” is answered by approving again, a mistaken “present” by “absent”;
 * - withdrawn, cancelled and settled end the way: who comes back applies anew.
 */
export const applicationMoves = {
  ApplicationDrafted: { from: ['unknown', 'draft'], to: 'draft' },
  ApplicationSubmitted: { from: ['unknown', 'draft'], to: 'submitted' },
  ApplicationResubmitted: { from: ['changes-requested'], to: 'resubmitted' },
  ChangesRequested: { from: underReview, to: 'changes-requested' },
  ApplicationApproved: { from: [...underReview, 'waitlisted', 'declined', 'absent'], to: 'approved' },
  ApplicationWaitlisted: { from: underReview, to: 'waitlisted' },
  ApplicationDeclined: { from: [...underReview, 'changes-requested', 'waitlisted'], to: 'declined' },
  ParticipationConfirmed: { from: ['assigned'], to: 'confirmed' },
  BoothTakenOver: { from: ['assigned', 'confirmed'], to: 'present' },
  ExhibitorAbsent: { from: boothHolding, to: 'absent' },
  ApplicationWithdrawn: { from: ['draft', ...beforeTheFair], to: 'withdrawn' },
  ApplicationCancelled: { from: [...beforeTheFair, 'present'], to: 'cancelled' },
  ParticipationClosed: { from: ['present'], to: 'closed' },
  ParticipationSettled: { from: ['closed'], to: 'settled' },
} as const satisfies Record<string, { from: readonly (ApplicationStatus | 'unknown')[]; to: ApplicationStatus }>;

export type ApplicationMove = keyof typeof applicationMoves;

/** These tidy up after the fair and change no figure, so its closing does not refuse them. */
export const movesAfterClosing: readonly ApplicationMove[] = ['ParticipationClosed', 'ParticipationSettled'];

/**
 * Where a fact leaves the application that it is about.
 * @throws TypeError for a fact that is no step of an exhibitor's way
 */
export function statusAfter(type: string): ApplicationStatus {
  if (!isApplicationMove(type)) throw new TypeError(`${type} is no step of an exhibitor's way`);
  return applicationMoves[type].to;
}

export const isApplicationMove = (type: string): type is ApplicationMove => Object.hasOwn(applicationMoves, type);

export const mayFollow = (status: ApplicationStatus | 'unknown', move: ApplicationMove): boolean => {
  const from: readonly string[] = applicationMoves[move].from;
  return from.includes(status);
};
