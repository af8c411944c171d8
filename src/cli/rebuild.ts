import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { projections } from '../../projections/index.ts';
import { openGround } from '../ground.ts';
import { projectorDatabase } from '../projector/database.ts';
import { rebuild as rebuildFigures } from '../projector/rebuild.ts';
import { command } from './command.ts';

export const rebuild = command({
  name: 'rebuild',
  summary: 'count every figure again from the log, beside the living ones, and then show the new ones',
  usage: [],
  options: {},
  schema: z.strictObject({}),
  run: async (_, { config, tell }) => {
    await using ground = await openGround(config, { as: 'tool' });
    const { position, parked, generation } = await rebuildFigures({
      db: projectorDatabase(ground.pool),
      store: ground.store,
      projections,
      holder: randomUUID(),
      onProgress: ({ position, head, eventsPerSecond }) => tell(`${position} of ${head} (${eventsPerSecond}/s)`),
    });
    const left = parked === 0 ? '' : ` ${parked} events could not be counted; the figures say “incomplete”.`;
    tell(`Figures ${generation} count all facts up to position ${position}.${left}`);
  },
});
