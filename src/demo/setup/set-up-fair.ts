import type { FairClock } from '../clock.ts';
import { fairDays, momentAt } from '../plan/calendar.ts';
import { enrolDevices } from './enrol-devices.ts';
import { confirmParticipation, giveBooths, lookRound, withdraw } from './give-booths.ts';
import { handOutPasses } from './hand-out-passes.ts';
import { hangPosters } from './hang-posters.ts';
import type { Setup } from './open-fair.ts';
import { registerGroups } from './register-groups.ts';
import { askForChanges, makeBoothTokens, reviewApplications, takeApplications } from './take-applications.ts';
import { uploadCatalogues, uploadFirstTries } from './upload-catalogues.ts';

type Step = readonly [time: string, what: (setup: Setup, organiser: string) => Promise<void>];

/**
 * Months of preparation on the first morning, each step at a moment of its own: of two uploads the later one counts.
 */
const steps: readonly Step[] = [
  ['05:32', enrolDevices],
  ['05:34', hangPosters],
  ['05:36', registerGroups],
  ['05:38', handOutPasses],
  ['05:40', takeApplications],
  ['05:42', askForChanges],
  ['05:44', reviewApplications],
  ['05:45', makeBoothTokens],
  ['05:46', giveBooths],
  ['05:48', confirmParticipation],
  ['05:50', uploadFirstTries],
  ['05:52', uploadCatalogues],
  ['05:58', withdraw],
  ['06:05', lookRound],
];

/** Everything that is settled before the gates open. @param organiser bearer token of the organiser */
export async function setUpFair(setup: Setup, organiser: string, clock: FairClock): Promise<void> {
  for (const [time, what] of steps) {
    clock.advanceTo(momentAt(fairDays[0], time));
    await what(setup, organiser);
  }
}
