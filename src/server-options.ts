import { parseArgs } from 'node:util';
import { z } from 'zod';

/** What the server's command line asks for; `wrong` says what is the matter with it. */
export type ServerOptions =
  | { readonly asks: 'serve'; readonly nodes: number }
  | { readonly asks: 'help' }
  | { readonly asks: 'wrong'; readonly why: string };

/** Each holds up to 17 connections of the database, of which the embedded one has 200. */
const nodesMax = 8;

export const serverUsage = `npm start -- [options]
  --nodes N   processes that serve behind the one port, 1–${nodesMax} (1)
  --help      this
Settings come from the environment: docs/nodes.md names those that several nodes share.`;

const Values = z.object({
  nodes: z.coerce
    .number('must be a whole number')
    .pipe(z.int('must be a whole number').min(1, 'must be 1 or more').max(nodesMax, `must be ${nodesMax} or less`))
    .default(1),
  help: z.boolean().default(false),
});

export function readServerOptions(args: readonly string[]): ServerOptions {
  try {
    const options = { nodes: { type: 'string' }, help: { type: 'boolean' } } as const;
    const read = Values.safeParse(parseArgs({ args: [...args], options }).values);
    if (!read.success) return wrong(...read.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}.`));
    return read.data.help ? { asks: 'help' } : { asks: 'serve', nodes: read.data.nodes };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

const wrong = (...mistakes: readonly string[]): ServerOptions => ({
  asks: 'wrong',
  why: [...mistakes, '', serverUsage].join('\n'),
});
