import { z } from 'zod';
import { openGround } from '../ground.ts';
import { command } from './command.ts';

export const migrate = command({
  name: 'migrate',
  summary: 'bring the database up to date (a server does the same when it starts)',
  usage: [],
  options: {},
  schema: z.strictObject({}),
  run: async (_, { config, tell }) => {
    await using ground = await openGround(config, { as: 'tool' });
    tell(ground.migrated.length === 0 ? 'The database is up to date.' : `Applied: ${ground.migrated.join(', ')}`);
  },
});
