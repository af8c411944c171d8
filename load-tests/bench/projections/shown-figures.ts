import type { Pool } from 'pg';
import { figuresDocument } from '../../../src/figures/document.ts';
import { figuresDatabase } from '../../../src/figures/snapshot.ts';
import type { FairLog } from './log/fair-log.ts';

/**
 * Compares what is shown with what was written.
 * @param isCompared whether a figure is compared; all are unless told
 * @returns how many figures were compared
 * @throws where one says something else, with both numbers
 */
export async function checkShown(
  pool: Pool,
  { fair, truth }: Pick<FairLog, 'fair' | 'truth'>,
  isCompared: (figure: string) => boolean = () => true,
): Promise<number> {
  const document = await figuresDocument(figuresDatabase(pool), fair, Date.now());
  if (!document) throw new Error('no figures are shown');
  const shown: Readonly<Record<string, number | null>> = {
    ...Object.fromEntries(document.figures.map(({ key, value }) => [key, value])),
    ...document.attention,
  };
  const expected = Object.entries(truth.figures()).filter(([figure]) => isCompared(figure));
  const wrong = differences(expected, shown);
  if (wrong.length > 0) throw new Error(`what is shown is not what was written: ${wrong.join('; ')}`);
  return expected.length;
}

/** One text for each figure that differs: its name, what was written and what is shown. */
export const differences = (
  expected: readonly (readonly [figure: string, value: number])[],
  shown: Readonly<Record<string, number | null>>,
): string[] =>
  expected.flatMap(([figure, value]) =>
    shown[figure] === value ? [] : [`${figure}: ${value} written, ${shown[figure] ?? 'nothing'} shown`],
  );
