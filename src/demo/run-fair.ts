import { ApiClient } from './api/client.ts';
import { FairClient } from './api/fair-client.ts';
import { Issued } from './api/issued.ts';
import type { FairClock } from './clock.ts';
import { byItsOwnClock } from './api/times.ts';
import { deliver } from './deliver.ts';
import type { DemoOptions } from './options.ts';
import { recallPhones, rememberPhones } from './phones.ts';
import { evening } from './plan/calendar.ts';
import { deliveriesOf } from './plan/deliveries.ts';
import { type Plan, planIds } from './plan/plan-fair.ts';
import { play } from './play.ts';
import { Progress } from './progress.ts';
import { openFair } from './setup/open-fair.ts';
import { setUpFair } from './setup/set-up-fair.ts';

export type FairRun = {
  readonly plan: Plan;
  readonly options: Pick<DemoOptions, 'plan' | 'deliveries' | 'speed'>;
  readonly clock: FairClock;
  /** Where the platform listens, without a slash at the end. */
  readonly origin: string;
  readonly ownerToken: string;
  /** Folder in which the phones keep their tokens between runs. */
  readonly folder: string;
  /** Aborted when nobody waits for the fair any more. */
  readonly signal: AbortSignal;
  /** Called as soon as there is a fair to look at. */
  readonly onOpened: () => Promise<void>;
};

const attemptsMax = 40;

/**
 * Lets the planned fair happen on a running platform, all of it over HTTP; doing it again changes nothing.
 * @returns the log's position after the last fact
 */
export async function runFair(run: FairRun): Promise<{ readonly position: number }> {
  const { plan, clock, folder } = run;
  const { deliveries: how, speed, plan: size } = run.options;
  const issued = new Issued();
  await recallPhones(folder, how, issued);
  const api = new ApiClient({ origins: [run.origin], attemptsMax, signal: run.signal });
  const client = new FairClient(api, plan.fair);
  const keepTokens = () => rememberPhones(folder, how, issued);
  const setup = { api, client, plan, issued, keepTokens, ids: planIds(size) };
  const organiser = await openFair(setup, run.ownerToken);
  await run.onOpened();
  await setUpFair(setup, organiser, clock);
  const line = { client, issued, progress: new Progress(), clock: byItsOwnClock };
  const deliveries = deliveriesOf([...plan.gate.facts, ...plan.books.facts], { ...how, seed: size.seed });
  await play(deliveries, { clock, speed, send: (delivery) => deliver(delivery, line) });
  clock.advanceTo(evening);
  return { position: line.progress.position };
}
