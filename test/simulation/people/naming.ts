import { fixedIds } from '../../../src/demo/plan/fixed-ids.ts';

/** Gives out ids that are the same in every run; `at` in ms since 1970 becomes the id's time. */
export type Naming = (kind: string, at: number) => string;

export function namingOf(seed: string): Naming {
  const ids = fixedIds(`simulation ${seed}`);
  let count = 0;
  return (kind, at) => {
    count += 1;
    return ids(kind, count, at);
  };
}
