import type { ApplicationForm } from '../../events/application.ts';
import type { ApplicationFact } from '../domain/application.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';
import { type Contact, contactReference, runWithContact, type WithVault } from './contacts.ts';
import { applicationCommand, type ApplicationFollowed } from './follow-application.ts';

type WrittenStep = {
  readonly step: 'drafted' | 'submitted' | 'resubmitted';
  readonly form: ApplicationForm;
  /** Left out where the one given before still stands. */
  readonly contact?: Contact | undefined;
};
type TakenStep =
  | { readonly step: 'confirmed' | 'present' | 'absent' | 'closed' | 'settled' }
  | { readonly step: 'withdrawn'; readonly reason?: string | undefined }
  | { readonly step: 'cancelled'; readonly reason: string };

/** Which step of which application; `id` is the step's own. */
type Named = { readonly application: string; readonly id: string };
export type ApplicationStep = Named & (WrittenStep | TakenStep);

/** Takes an application one step further: by the applicant up to the fair, by the organiser from there on. */
export const stepApplication = (
  ports: CommandPorts & WithVault,
  context: CommandContext,
  step: ApplicationStep,
): Promise<Handled<ApplicationFollowed>> =>
  'form' in step ? write(ports, context, step) : run(ports, context, commandOf(context, step));

function write(
  ports: CommandPorts & WithVault,
  context: CommandContext,
  { application, id, step, form, contact }: Named & WrittenStep,
): Promise<Handled<ApplicationFollowed>> {
  const reference = contactReference(context.fair, 'representative', id);
  const given = contact === undefined ? null : reference;
  const command = applicationCommand(context, {
    kind: 'application-step',
    id,
    application,
    content: { step, form, representative: given },
    fact: (before) => {
      const standing = before.status === 'unknown' ? null : before.representative;
      return { type: writtenAs[step], data: { application, step: id, form, representative: given ?? standing } };
    },
  });
  return contact === undefined
    ? run(ports, context, command)
    : runWithContact(ports, context, command, { reference, kind: 'representative', contact });
}

const writtenAs = {
  drafted: 'ApplicationDrafted',
  submitted: 'ApplicationSubmitted',
  resubmitted: 'ApplicationResubmitted',
} as const;

const commandOf = (context: CommandContext, { application, id, ...taken }: Named & TakenStep) =>
  applicationCommand(context, {
    kind: 'application-step',
    id,
    application,
    content: taken,
    fact: () => factOf({ application, step: id }, taken),
  });

function factOf(about: { application: string; step: string }, taken: TakenStep): ApplicationFact {
  if (taken.step === 'withdrawn') return { type: 'ApplicationWithdrawn', data: { ...about, reason: taken.reason } };
  if (taken.step === 'cancelled') return { type: 'ApplicationCancelled', data: { ...about, reason: taken.reason } };
  return { type: takenAs[taken.step], data: about };
}

const takenAs = {
  confirmed: 'ParticipationConfirmed',
  present: 'BoothTakenOver',
  absent: 'ExhibitorAbsent',
  closed: 'ParticipationClosed',
  settled: 'ParticipationSettled',
} as const;
