import type { ApplicationStatus } from '../../events/application.ts';
import {
  type Application,
  type ApplicationFact,
  evolveApplication,
  followApplication,
  unknownApplication,
} from '../domain/application.ts';
import { statusAfter } from '../domain/application-steps.ts';
import type { Command, CommandContext } from './command.ts';
import { streamOf } from './ids.ts';

/** Where the application stands after what was recorded. */
export type ApplicationFollowed = { readonly outcome: 'recorded'; readonly status: ApplicationStatus };

type Step = {
  /** What the client's id names. */
  readonly kind: 'application' | 'application-review' | 'application-step';
  readonly id: string;
  readonly application: string;
  /** What the client said, less the contact. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly fact: (application: Application) => ApplicationFact;
};

/** The command that takes an application one step further. */
export const applicationCommand = (
  { fair, now }: CommandContext,
  { kind, id, application, content, fact }: Step,
): Command<Application, ApplicationFollowed> => ({
  kind,
  id,
  stream: streamOf(fair, 'application', application),
  content: { ...content, application },
  occurredAt: now,
  initial: unknownApplication,
  evolve: evolveApplication,
  decide: (state, open) => followApplication(state, fact(state), { fair: open, occurredAt: now }),
  answer: ({ type }) => ({ outcome: 'recorded', status: statusAfter(type) }),
});
