import { applicationCommand } from '../../src/commands/follow-application.ts';
import { run } from '../../src/commands/command.ts';
import { reviewApplication } from '../../src/commands/review-application.ts';
import { stepApplication } from '../../src/commands/step-application.ts';
import { form } from './application-facts.ts';
import { deriveId } from '../../src/commands/ids.ts';
import { fairId } from './facts.ts';
import { type FairLog, recorded } from './fair-log.ts';

/** An application that was submitted, with a contact that no vault has. */
export async function submittedApplication(log: FairLog, application: string): Promise<void> {
  const representative = deriveId(fairId, 'contact', application);
  const data = { application, form, representative };
  const command = applicationCommand(log.as(), {
    kind: 'application',
    id: application,
    application,
    content: data,
    fact: () => ({ type: 'ApplicationSubmitted', data }),
  });
  recorded(await run(log, log.as(), command));
}

/** An exhibitor that may hold booths. */
export async function approvedExhibitor(log: FairLog, application: string): Promise<void> {
  await submittedApplication(log, application);
  const review = deriveId(fairId, 'approval', application);
  recorded(await reviewApplication(log, log.as(), { application, review, decision: 'approve' }));
}

/** A step that brings no form. */
export async function takeStep(
  log: FairLog,
  application: string,
  { id, step }: { id: string; step: 'withdrawn' | 'cancelled' | 'confirmed' | 'present' | 'absent' | 'closed' },
): Promise<void> {
  const taken = step === 'cancelled' ? { step, reason: 'vi phạm cam kết' } : { step };
  recorded(await stepApplication({ ...log, vault: noVault }, log.as(), { application, id, ...taken }));
}

/** A step without a form has no contact to keep. */
const noContact = () => Promise.reject(new Error('there is no contact to keep'));
export const noVault = { put: noContact, takeBack: noContact };
