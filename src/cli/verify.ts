import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseCheckpoint } from '../seal/checkpoint.ts';
import { command, UsageError } from './command.ts';
import { couldNotLook } from './verify/could-not-look.ts';
import { type Verdict, verdictLines } from './verify/verdict.ts';
import { verifyExport } from './verify/verify-export.ts';
import { verifyHere } from './verify/verify-here.ts';

export const verify = command({
  name: 'verify',
  summary: 'compare log and figures with what was sealed, and say exactly what differs',
  usage: [
    '--head FILE       a checkpoint that was kept outside this system, which the log must lead to',
    '--export FILE     verify an export instead, with nothing but the file',
    '--json            one JSON object',
    'It ends with 0 where all is equal, with 1 where it is not, with 2 for arguments or settings that do not fit, and with',
    '3 where it could not look: the database is away, nothing is sealed yet, or the export cannot be read.',
  ],
  options: { head: { type: 'string' }, export: { type: 'string' }, json: { type: 'boolean' } },
  schema: z.strictObject({
    head: z.string().min(1).optional(),
    export: z.string().min(1).optional(),
    json: z.boolean().default(false),
  }),
  run: async ({ head: headFile, export: exported, json }, { config, tell, progress }) => {
    const head = headFile === undefined ? undefined : await headIn(headFile);
    try {
      const verdict = await (exported === undefined
        ? verifyHere(config, { head, progress })
        : verifyExport(exported, { head, progress }));
      for (const line of json ? [JSON.stringify(verdict)] : verdictLines(verdict)) tell(line);
      process.exitCode = exitCodeOf(verdict);
    } catch (error) {
      const unlooked = couldNotLook(error);
      if (json) tell(JSON.stringify({ equal: null, why: unlooked.message }));
      throw unlooked;
    }
  },
});

const exitCodeOf = ({ equal }: Verdict): number => (equal === null ? 3 : equal ? 0 : 1);

/** @throws UsageError for what is no checkpoint */
async function headIn(file: string): Promise<string> {
  try {
    const note = await readFile(file, 'utf8');
    parseCheckpoint(note);
    return note;
  } catch (error) {
    throw new UsageError(`--head ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
