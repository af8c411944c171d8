import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Id } from '../../events/fields.ts';
import { FairCache } from '../commands/fair-cache.ts';
import { openLogGround } from '../ground.ts';
import { OutsideCopies } from '../seal/outside-copies.ts';
import { command, UsageError } from './command.ts';
import { exportLines } from './export/export-lines.ts';

/** It holds single sales. */
const ownerOnly = 0o600;

export const exportFair = command({
  name: 'export',
  summary: 'write a fair’s facts, and of all others the hashes, so that anybody can verify them elsewhere',
  usage: [
    '--fair ID         the fair whose facts are written in full',
    '--out FILE        where to; standard output unless told',
  ],
  options: { fair: { type: 'string' }, out: { type: 'string' } },
  schema: z.strictObject({
    fair: z.string({ error: 'must be the id of a fair' }).pipe(Id),
    out: z.string().min(1).optional(),
  }),
  run: async ({ fair, out }, { config, tell }) => {
    await using ground = await openLogGround(config, { as: 'tool' });
    if ((await new FairCache().load(ground.store, fair)).status === 'unknown')
      throw new UsageError(`There is no fair ${fair} in this database.`);
    const lines = exportLines({ ...ground, outside: new OutsideCopies(config), fair });
    if (out === undefined) {
      await pipeline(lines, process.stdout, { end: false });
      return;
    }
    await pipeline(lines, createWriteStream(out, { mode: ownerOnly }));
    tell(`Written to ${out}. Whoever has it verifies it with: npm run -s cli -- verify --export ${out}`);
  },
});
