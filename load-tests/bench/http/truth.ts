import type { Contestant } from './contestant.ts';
import type { Answered } from './rounds.ts';

/**
 * Compares what was answered with what is kept.
 * @throws where one holds another number of check-ins than it has said yes to
 */
export async function checkTruth(
  contestants: readonly Pick<Contestant, 'name' | 'recorded'>[],
  answered: Answered,
): Promise<string[]> {
  const lines: string[] = [];
  for (const { name, recorded } of contestants) {
    const kept = await recorded();
    const said = answered.get(name) ?? 0;
    if (kept === undefined) continue;
    if (kept !== said) throw new Error(`${name} answered ${said} check-ins and holds ${kept}`);
    lines.push(`${name} answered ${said} check-ins and holds ${kept}`);
  }
  return lines;
}
