import { everyFair } from '../../projections/fairs/queries.ts';
import { documentIn } from './document.ts';
import { figureLines } from './figure-lines.ts';
import { type Standing, snapshotOf } from './snapshot.ts';

type DifferentFigure = {
  readonly fair: string;
  readonly figure: string;
  readonly before: string;
  readonly after: string;
};

/**
 * Compares the figures documents of two generations that stand at the same position, each in a transaction.
 * @param about.fairs those to compare; `all` are those that one of the two knows
 * @param about.now in ms since 1970
 * @returns what is not the same, line by line; nothing where both say the same
 */
export async function compareFigures(
  { before, after }: { readonly before: Standing; readonly after: Standing },
  { fairs, now }: { readonly fairs: readonly string[] | 'all'; readonly now: number },
): Promise<DifferentFigure[]> {
  const compared = fairs === 'all' ? new Set([...(await fairsOf(before)), ...(await fairsOf(after))]) : fairs;
  const differences: DifferentFigure[] = [];
  for (const fair of compared) {
    const old = await linesOf(before, fair, now);
    const fresh = await linesOf(after, fair, now);
    for (const figure of new Set([...old.keys(), ...fresh.keys()])) {
      const [was, is] = [old.get(figure) ?? '', fresh.get(figure) ?? ''];
      if (was !== is) differences.push({ fair, figure, before: was, after: is });
    }
  }
  return differences;
}

const fairsOf = async (standing: Standing): Promise<string[]> => everyFair((await snapshotOf(standing)).fairs);

async function linesOf(standing: Standing, fair: string, now: number): Promise<ReadonlyMap<string, string>> {
  const document = await documentIn(await snapshotOf(standing), fair, now);
  return document ? figureLines(document) : new Map();
}
