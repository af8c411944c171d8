import type { FairSettings } from '../../events/fair.ts';

/**
 * The first local day whose facts count otherwise under the new settings; undefined when none do.
 * `yyyy-mm-dd`, with a day before all days when it is every fact's matter.
 */
export function changedFrom(before: FairSettings | undefined, after: FairSettings): string | undefined {
  if (!before || before.closes !== after.closes || exitsOf(before) !== exitsOf(after)) return '0001-01-01';
  const days = ['0001-01-01', ...[...before.visitRules, ...after.visitRules].map(({ from }) => from)];
  return days.sort().find((day) => ruleOn(before, day) !== ruleOn(after, day));
}

const exitsOf = ({ gates }: FairSettings): string =>
  gates
    .map(({ code, exits }) => `${code} ${exits}`)
    .sort()
    .join();

/** The rule of a day, and since when it holds, as text: each rule sees only the admissions of its own days. */
function ruleOn({ visitRules }: FairSettings, day: string): string {
  const dated = [...visitRules].sort((a, b) => (a.from < b.from ? -1 : 1));
  const index = Math.max(
    0,
    dated.findLastIndex(({ from }) => from <= day),
  );
  const { from = '', rule } = dated[index] ?? {};
  return JSON.stringify([index === 0 ? '' : from, rule]);
}
