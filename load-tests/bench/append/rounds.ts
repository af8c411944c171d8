import type { Contestant, ContestantName } from './contestant.ts';

export type Measured = {
  /** Events a second: the median of the rounds. */
  readonly perSecond: number;
  /** Milliseconds that one append took, over all rounds. */
  readonly p50: number;
  readonly p99: number;
  /** Events a second, of ours as a multiple of this one's: the median over the pairs of one round each. */
  readonly oursTo: number;
};

type Round = { readonly perSecond: number; readonly milliseconds: readonly number[] };

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
async function runRound(append: () => Promise<void>, callers: number, seconds: number): Promise<Round> {
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

function summary(own: readonly Round[], ours: readonly Round[]): Measured {
  const times = own.flatMap(({ milliseconds }) => milliseconds);
  return {
    perSecond: Math.round(
      quantile(
        own.map(({ perSecond }) => perSecond),
        0.5,
      ),
    ),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    oursTo: quantile(
      own.map(({ perSecond }, turn) => (ours[turn]?.perSecond ?? 0) / perSecond),
      0.5,
    ),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
