import type { ApplicationFact } from '../domain/application.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { applicationCommand, type ApplicationFollowed } from './follow-application.ts';

export type Review = { readonly application: string; readonly review: string } & (
  | { readonly decision: 'approve' }
  | { readonly decision: 'decline' | 'request-changes'; readonly reason: string }
  | { readonly decision: 'waitlist'; readonly reason?: string | undefined }
);

/** What the organiser says to an application: chấp thuận, từ chối, yêu cầu bổ sung, danh sách chờ. */
export const reviewApplication = (
  ports: CommandPorts,
  context: CommandContext,
  { application, ...review }: Review,
): Promise<Handled<ApplicationFollowed>> =>
  run(
    ports,
    context,
    applicationCommand(context, {
      kind: 'application-review',
      id: review.review,
      application,
      content: review,
      fact: () => factOf({ application, ...review }),
    }),
  );

function factOf({ application, review, ...decided }: Review): ApplicationFact {
  const about = { application, review };
  if (decided.decision === 'approve') return { type: 'ApplicationApproved', data: about };
  if (decided.decision === 'waitlist') {
    return { type: 'ApplicationWaitlisted', data: { ...about, reason: decided.reason } };
  }
  const type = decided.decision === 'decline' ? 'ApplicationDeclined' : 'ChangesRequested';
  return { type, data: { ...about, reason: decided.reason } };
}
