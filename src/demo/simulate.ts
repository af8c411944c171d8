import { FiguresDocument } from '../contract/figures.ts';
import { ApiClient } from './api/client.ts';
import { FairClient } from './api/fair-client.ts';
import { Issued } from './api/issued.ts';
import { inRetrospect } from './api/times.ts';
import type { FactAnswer } from './check-answer.ts';
import { FairClock } from './clock.ts';
import { deliver, type Line } from './deliver.ts';
import { inParallel } from './in-parallel.ts';
import type { NonEmpty } from './plan/chance.ts';
import { morning } from './plan/calendar.ts';
import { type Delivery, deliveriesOf, type Fact } from './plan/deliveries.ts';
import type { PlanOptions } from './plan/options.ts';
import { type Plan, planFair, planIds } from './plan/plan-fair.ts';
import { Progress } from './progress.ts';
import { openFair } from './setup/open-fair.ts';
import { setUpFair } from './setup/set-up-fair.ts';

export type Simulation = {
  /** Where the platform's nodes listen, without a slash at the end. */
  readonly origins: NonEmpty<string>;
  /** Bearer token of an owner. */
  readonly token: string;
  readonly size: PlanOptions;
  /** Phones that send at the same time. */
  readonly atOnce: number;
  /** Told of every answer, repeats included. */
  readonly onAnswer?: (fact: Fact, answer: FactAnswer) => void;
};

export type Simulated = {
  readonly fair: string;
  readonly answers: number;
  readonly seconds: number;
  /** As planned, and as the platform counts them when everything has arrived. */
  readonly visits: { readonly planned: number | undefined; readonly counted: number | null | undefined };
};

const attemptsMax = 100;

/** Sends a whole planned fair to a running platform as fast as it takes it; what happened in 2022 arrives now. */
export async function simulate({ origins, token, size, atOnce, onAnswer }: Simulation): Promise<Simulated> {
  const planned = planFair(size);
  const plan = { ...planned, settings: withoutPosterLimit(planned.settings) };
  const issued = new Issued();
  const api = new ApiClient({ origins, attemptsMax });
  const client = new FairClient(api, plan.fair);
  const setup = { api, client, plan, issued, ids: planIds(size), keepTokens: async () => {} };
  await setUpFair(setup, await openFair(setup, token), new FairClock(morning));
  const deliveries = deliveriesOf([...plan.gate.facts, ...plan.books.facts], {
    seed: size.seed,
    deliveries: 1,
    order: 'as-it-happened',
  });
  const line = { client, issued, progress: new Progress(onAnswer), clock: inRetrospect };
  const started = performance.now();
  // Who comes back on a later day shows the pass that the poster gave.
  await sendAll(
    deliveries.filter(({ sender }) => sender.kind === 'visitor'),
    line,
    atOnce,
  );
  await sendAll(
    deliveries.filter(({ sender }) => sender.kind !== 'visitor'),
    line,
    atOnce,
  );
  const seconds = (performance.now() - started) / 1000;
  const { figures } = await client.get(`figures?after=${line.progress.position}`, FiguresDocument, { token });
  const counted = figures.find(({ key }) => key === 'visits')?.value;
  return {
    fair: plan.fair,
    answers: line.progress.answers,
    seconds,
    visits: { planned: plan.expected.figures.visits, counted },
  };
}

/** Three days of visitors tap on the posters within seconds. */
const withoutPosterLimit = (settings: Plan['settings']): Plan['settings'] => ({
  ...settings,
  gates: settings.gates.map((gate) => ({ ...gate, posterPassesPerMinuteMax: 10_000 })),
});

/** Each phone sends in its own order, all of them at once. */
function sendAll(deliveries: readonly Delivery[], line: Line, atOnce: number): Promise<void> {
  const bySender = Map.groupBy(deliveries, ({ sender }) => sender.id);
  return inParallel([...bySender.values()], { atOnce }, async (own) => {
    for (const delivery of own) await deliver(delivery, line);
  });
}
