import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { z } from 'zod';
import type { Config } from '../config.ts';

/** What a command may touch: the configuration, and one line after another on standard output. */
export type CliPorts = {
  readonly config: Config;
  readonly tell: (line: string) => void;
  /** How far it has come, where anybody wants to know; a line takes the place of the one before. */
  readonly progress?: (line: string) => void;
};

export type CliCommand = {
  readonly name: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** Its options, a line each. */
  readonly usage: readonly string[];
  /** @throws UsageError for arguments that do not fit. */
  readonly run: (args: readonly string[], ports: CliPorts) => Promise<void>;
};

/** The arguments do not fit; the message says how they should. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Spec<Options> = Omit<CliCommand, 'run'> & {
  /** What `node:util` splits the arguments by. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  readonly schema: z.ZodType<Options>;
  readonly run: (options: Options, ports: CliPorts) => Promise<void>;
};

/** A command whose options are read by a schema, every mistake at once. */
export function command<Options>({ options, schema, run, ...about }: Spec<Options>): CliCommand {
  return {
    ...about,
    async run(args, ports) {
      const parsed = schema.safeParse(split(args, options, about));
      if (parsed.success) return run(parsed.data, ports);
      const mistakes = parsed.error.issues.map(({ path, message }) => `  --${path.join('.')}: ${message}`);
      throw new UsageError([...mistakes, '', usageOf(about)].join('\n'));
    },
  };
}

export const usageOf = ({ name, usage }: Pick<CliCommand, 'name' | 'usage'>): string =>
  [`npm run -s cli -- ${name}${usage.length > 0 ? ' …' : ''}`, ...usage.map((line) => `  ${line}`)].join('\n');

function split(
  args: readonly string[],
  options: Spec<unknown>['options'],
  about: Pick<CliCommand, 'name' | 'usage'>,
): unknown {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usageOf(about)}`);
  }
}
