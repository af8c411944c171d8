import { z } from 'zod';
import { openGround } from '../ground.ts';
import { OutsideCopies } from '../seal/outside-copies.ts';
import { rotateSealKey as rotate } from '../seal/rotate-key.ts';
import { SealKey } from '../seal/seal-key.ts';
import { command } from './command.ts';

export const rotateSealKey = command({
  name: 'rotate-seal-key',
  summary: 'seal what there is, and go on under a new key, to which the old one hands over',
  usage: [],
  options: {},
  schema: z.strictObject({}),
  run: async (_, { config, tell }) => {
    await using ground = await openGround(config, { as: 'tool' });
    const outside = new OutsideCopies(config);
    const key = new SealKey({ sealKey: config.sealKey, outside });
    const { verifier, fromSize } = await rotate({ db: ground.db, store: ground.store, outside, key });
    tell(`From ${fromSize} facts on checkpoints are signed by ${verifier}`);
    if (key.source === 'environment')
      tell(
        `Nothing is sealed until SEAL_KEY is the new key: it is in ${key.nextFile}. Take it from there, remove the file, and start the servers again.`,
      );
  },
});
