import { type Measured, type Round, summary } from '../summary.ts';
import type { Contestant, ContestantName } from './contestant.ts';

/** Lets all of them append in turn, the first of each turn being another every time. */
export async function measure(
  contestants: readonly Contestant[],
  callers: number,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Map<ContestantName, Measured>> {
  const done = new Map<ContestantName, Round[]>(contestants.map(({ name }) => [name, []]));
  for (const { append } of contestants) await runRound(append, callers, seconds / 2);
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const [offset] of contestants.entries()) {
      const contestant = contestants[(turn + offset) % contestants.length];
      if (contestant) done.get(contestant.name)?.push(await runRound(contestant.append, callers, seconds));
    }
  }
  const ours = done.get('ours') ?? [];
  return new Map([...done].map(([name, own]) => [name, summary(own, ours)]));
}

/** So many callers, each of whom appends again as soon as it is answered. */
export async function runRound(append: () => Promise<void>, callers: number, seconds: number): Promise<Round> {
  const milliseconds: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  const call = async () => {
    for (let now = performance.now(); now < end;) {
      await append();
      const answered = performance.now();
      milliseconds.push(answered - now);
      now = answered;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return { perSecond: (milliseconds.length / (performance.now() - start)) * 1000, milliseconds };
}
