import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { projections } from '../../projections/index.ts';
import { compareFigures } from '../figures/compare.ts';
import { openGround } from '../ground.ts';
import { projectorDatabase } from '../projector/database.ts';
import { rebuild as rebuildFigures } from '../projector/rebuild.ts';
import { command } from './command.ts';
import { progressText } from './progress-line.ts';
import { FiguresDiffer, refusalText, reportLines } from './rebuild-report.ts';

export const rebuild = command({
  name: 'rebuild',
  summary: 'count every figure again from the log, beside the living ones, compare both, and then show the new ones',
  usage: ['--accept         show the new figures even where they differ from the old ones without a known reason'],
  options: { accept: { type: 'boolean' } },
  schema: z.strictObject({ accept: z.boolean().default(false) }),
  run: async ({ accept }, { config, tell, progress }) => {
    await using ground = await openGround(config, { as: 'tool' });
    const rebuilt = await rebuildFigures({
      db: projectorDatabase(ground.pool),
      store: ground.store,
      projections,
      holder: randomUUID(),
      lanesUrl: config.eventStore ? undefined : ground.url,
      onLanesFailed: (error) => tell(`Counting on two threads ended with: ${messageOf(error)}. Counting on one.`),
      compare: (pair, fairs) => compareFigures(pair, { fairs, now: Date.now() }),
      accept: accept ? 'any' : 'equal',
      onProgress: (now) => progress?.(progressText(now)),
    });
    for (const line of reportLines(rebuilt)) tell(line);
    if (rebuilt.outcome === 'refused') throw new FiguresDiffer(refusalText(rebuilt));
  },
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
