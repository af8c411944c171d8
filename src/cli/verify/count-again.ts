import { definition } from '../../../projections/definition.ts';
import { compareFigures } from '../../figures/compare.ts';
import { projections } from '../../../projections/index.ts';
import { compareTables } from '../../projector/compare-tables.ts';
import { type Difference, referenceOf } from '../../projector/comparison.ts';
import { whileBeating } from '../../projector/while-beating.ts';
import type { Finding } from '../../seal/audit/finding.ts';
import { isAboutContent } from '../../seal/audit/reading.ts';
import { type CountingGround, onSnapshot, withBuilding } from './building.ts';

export type FiguresAudit = {
  readonly findings: readonly Finding[];
  /** The log position whose figures were compared; null where none are shown that this program could compare. */
  readonly position: number | null;
};

/**
 * Counts the figures of every fair again from the log, and compares each document with the one that is shown, at the
 * same position, and so all tables, with the lists that stand behind the figures. Whatever the log holds, the answer is a
 * finding and no error.
 * @throws where the database went away
 */
export async function countAgain(ground: CountingGround): Promise<FiguresAudit> {
  try {
    return await withBuilding(ground, async (db, builder) => {
      const reached = async (position: number) => Math.min(position, await ground.store.head());
      const shown = await referenceOf(db);
      if (shown?.definition !== definition) return { findings: [], position: null };
      await builder.moveTo(await reached(shown.position));
      return onSnapshot(db, async (then) => {
        const before = await referenceOf(then);
        if (before?.definition !== definition) return { findings: [], position: null };
        await builder.moveTo(await reached(before.position));
        const { position } = before;
        const { lease } = builder.replay;
        const compare = () =>
          onSnapshot(db, async (now) => {
            const after = { db: now, generation: lease.generation, position };
            const pair = { before: { ...before, db: then }, after };
            const figures = await compareFigures(pair, { fairs: 'all', now: Date.now() });
            const tables = await compareTables(pair, projections);
            return [...figures.map(figureDiffers), ...tables.map(tableDiffers)];
          });
        return { findings: await whileBeating(db, lease, compare), position };
      });
    });
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    return { findings: [{ kind: 'figures-unreadable', why: error.message }], position: null };
  }
}

const figureDiffers = ({ fair, figure, before, after }: Difference): Finding => ({
  kind: 'figure-differs',
  fair,
  figure,
  shown: before,
  counted: after,
});

const tableDiffers = ({ fair, figure, before, after }: Difference): Finding => ({
  kind: 'table-differs',
  fair,
  table: figure.replace(/^table /, ''),
  shown: before,
  counted: after,
});
