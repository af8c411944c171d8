import type { Transaction } from 'kysely';
import type { FairEvent } from '../../../events/catalogue.ts';
import type { GenerationTables } from '../../../projections/generations/tables.ts';
import type { Entry } from '../../../projections/journal/queries/entries.ts';
import type { Shown } from './catalogues.ts';
import type { FairLog } from './fair-log.ts';
import { holdsAt } from './holds-at.ts';
import type { Reach } from './reach.ts';

/** What a look back at one fair stands on. */
export type Ground = {
  /** Where unqualified names are those of the scratch tables. */
  readonly db: Transaction<GenerationTables>;
  readonly shown: Shown;
  readonly fair: string;
  readonly reach: Reach;
  readonly log: FairLog;
  /** In log order, none after what was known. */
  readonly journal: readonly Entry[];
  /** The events that it names as decided. */
  readonly decided: readonly FairEvent[];
};

/** Those of some events that a projection counted then. */
export const countedThen = (
  { log, reach }: Pick<Ground, 'log' | 'reach'>,
  projection: string,
  events: readonly FairEvent[],
): FairEvent[] =>
  log.takenBy(projection, events).filter((event) => event.position <= reach.counted && holdsAt(event, reach.trueAt));

/** What says how the fair counts. */
export const rulesOf = ({ decided }: Pick<Ground, 'decided'>): FairEvent[] =>
  decided.filter(({ type }) => type === 'FairCreated' || type === 'FairRevised');
