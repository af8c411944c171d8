import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** One step of the schema. A released one is never edited: what it made is changed by the next. */
export type Migration = {
  /** The file's name without its ending. */
  readonly name: string;
  readonly up: (transaction: Transaction<Tables>) => Promise<void>;
};
