import type { FactAnswer } from '../../src/demo/check-answer.ts';
import type { Fact } from '../../src/demo/plan/deliveries.ts';
import { type Simulated, type Simulation, simulate } from '../../src/demo/simulate.ts';

export type Loaded<Outcome = unknown> = {
  readonly simulated: Simulated;
  /** The position that the answer named, by the id that a phone gave to its fact. */
  readonly answered: ReadonlyMap<string, number>;
  /** What the disaster left behind. */
  readonly outcome: Outcome;
};

type Load = Pick<Simulation, 'origins' | 'token' | 'size'> & {
  /** How many facts are in the log before the disaster. */
  readonly factsBefore?: number;
  /** Phones that send at the same time. */
  readonly atOnce?: number;
};

/** Sends a whole fair as phones do, who repeat what gets no answer, and lets something happen in the middle of it. */
export async function underLoad<Outcome>(
  { factsBefore = 120, atOnce = 12, ...load }: Load,
  disaster: () => Promise<Outcome>,
): Promise<Loaded<Outcome>> {
  const answered = new Map<string, number>();
  const { promise: isTime, resolve: begin } = Promise.withResolvers<void>();
  const onAnswer = (fact: Fact, { position }: FactAnswer) => {
    if (position !== undefined) answered.set(fact.id, position);
    if (answered.size === factsBefore) begin();
  };
  const [simulated, outcome] = await Promise.all([simulate({ ...load, atOnce, onAnswer }), isTime.then(disaster)]);
  return { simulated, answered, outcome };
}
