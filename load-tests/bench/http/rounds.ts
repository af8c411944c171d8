import { type Measured, quantile, type Round, summary } from '../summary.ts';
import { prepareCheckIns } from './check-ins.ts';
import type { Contestant, ContestantName } from './contestant.ts';
import { drive } from './generator.ts';
import type { Ours } from './ours.ts';

export type Level = {
  readonly measured: Map<ContestantName, Measured & Used>;
  /** Milliseconds, at most, that the board was behind the log when a round ended. */
  readonly behind: number;
};

/** Processor time for each check-in, what is done behind the answer included: of the server, and of its database. */
type Used = { readonly usedMicroseconds: number; readonly databaseMicroseconds: number };

type Limits = { readonly connections: number; readonly rounds: number; readonly seconds: number };

/** How many check-ins each has answered, over all levels and warm-ups; compared with what it holds in the end. */
export type Answered = Map<ContestantName, number>;

/** Lets all of them take check-ins in turn, the first of each turn being another every time; each round has new ones. */
export async function measure(
  contestants: readonly Contestant[],
  ours: Pick<Ours, 'gate' | 'sign'>,
  { connections, rounds, seconds }: Limits,
  answered: Answered,
): Promise<Level> {
  const done = new Map<ContestantName, OwnRound[]>(contestants.map(({ name }) => [name, []]));
  let [behind, perSecond] = [0, firstGuess];
  const run = async (turn: number, takes: number): Promise<void> => {
    const requests = await prepareCheckIns(Math.ceil(perSecond * takes * 1.5), ours.gate, ours.sign);
    for (const [offset] of contestants.entries()) {
      const contestant = contestants[(turn + offset) % contestants.length];
      if (!contestant) continue;
      const { name, port, keeps, settle, usedMilliseconds, databaseMilliseconds } = contestant;
      const before = { server: usedMilliseconds(), database: databaseMilliseconds() };
      const over = keeps === 'nothing' ? 'again' : 'once';
      const round = await drive({ port, requests, connections, seconds: takes, over });
      behind = Math.max(behind, await settle());
      answered.set(name, (answered.get(name) ?? 0) + round.answers);
      if (over === 'once') perSecond = Math.max(perSecond, round.perSecond);
      const each = (milliseconds: number) => (milliseconds * 1000) / round.answers;
      const usedMicroseconds = each(usedMilliseconds() - before.server);
      const databaseMicroseconds = each(databaseMilliseconds() - before.database);
      if (turn >= 0) done.get(name)?.push({ ...round, usedMicroseconds, databaseMicroseconds });
    }
  };
  await run(-1, seconds);
  for (let turn = 0; turn < rounds; turn += 1) await run(turn, seconds);
  const own = done.get('ours') ?? [];
  return { behind, measured: new Map([...done].map(([name, all]) => [name, { ...summary(all, own), ...used(all) }])) };
}

type OwnRound = Round & Used;

const used = (rounds: readonly OwnRound[]): Used => ({
  usedMicroseconds: medianOf(rounds.map(({ usedMicroseconds }) => usedMicroseconds)),
  databaseMicroseconds: medianOf(rounds.map(({ databaseMicroseconds }) => databaseMicroseconds)),
});

const medianOf = (values: readonly number[]): number => quantile(values, 0.5);

/** Check-ins a second, to begin with. */
const firstGuess = 3000;
