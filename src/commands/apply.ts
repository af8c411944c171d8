import type { ApplicationForm } from '../../events/application.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { type Contact, contactReference, runWithContact, type WithVault } from './contacts.ts';
import { applicationCommand, type ApplicationFollowed } from './follow-application.ts';

export type NewApplication = {
  readonly application: string;
  readonly as: 'draft' | 'submitted';
  readonly form: ApplicationForm;
  readonly contact?: Contact | undefined;
  /** What tells whoever submits it from others of the same name: a hash of what only they know. */
  readonly submitter?: string | undefined;
};

/** Begins an exhibitor's way (phiếu đăng ký tham gia). The contact goes into the vault, its reference into the event. */
export function apply(
  ports: CommandPorts & WithVault,
  context: CommandContext,
  { application, as, form, contact, submitter }: NewApplication,
): Promise<Handled<ApplicationFollowed>> {
  const reference = contactReference(context.fair, 'representative', application);
  const representative = contact === undefined ? null : reference;
  const command = applicationCommand(context, {
    kind: 'application',
    id: application,
    application,
    content: { as, form, representative, ...(submitter === undefined ? {} : { submitter }) },
    fact: () => ({
      type: as === 'draft' ? 'ApplicationDrafted' : 'ApplicationSubmitted',
      data: { application, form, representative },
    }),
  });
  return contact === undefined
    ? run(ports, context, command)
    : runWithContact(ports, context, command, { reference, kind: 'representative', contact });
}
