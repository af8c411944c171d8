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
  switch (decided.decision) {
    case 'approve':
      return { type: 'ApplicationApproved', data: about };
    case 'decline':
      return { type: 'ApplicationDeclined', data: { ...about, reason: decided.reason } };
    case 'request-changes':
      return { type: 'ChangesRequested', data: { ...about, reason: decided.reason } };
    case 'waitlist':
      return { type: 'ApplicationWaitlisted', data: { ...about, reason: decided.reason } };
  }
}
