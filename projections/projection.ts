import type { QueryExecutorProvider } from 'kysely';
import type { EventType, ProjectedFact } from '../events/catalogue.ts';
import type { AnyTable } from './table.ts';

/**
 * One question, answered by tables that are a function of the set of facts. The projector runs all projections of a
 * generation in one transaction with their checkpoint, so each event takes effect once.
 */
export type Projection = {
  readonly name: string;
  /** Facts above a fair's closing are held back from it until the figures are reopened. */
  readonly frozenByClosing: boolean;
  readonly tables: readonly AnyTable[];
  /** The types that say anything to it; it is not fed others. All of them where it does not say. */
  readonly reads?: ReadonlySet<EventType>;
  /** Begins to fold. What a fold keeps in memory between batches is dropped with it when a transaction fails. */
  readonly open: (start: FoldStart) => Fold;
};

export type FoldStart = {
  /** The tables are empty, so that what is not in memory does not exist. */
  readonly tables: 'empty' | 'filled';
  readonly earlier: Earlier;
  /** Facts that may be kept in memory between batches; a few hundred bytes each. */
  readonly factsMax?: number;
  /** Number of the first page of each fair; where several write a fair's pages at once, each has numbers of its own. */
  readonly firstPage?: number;
};

/** What this projection was fed before; a fold keeps no copy of the facts that are in the log anyway. */
export type Earlier = {
  /** Of these streams, in log order; a stream of which there was nothing is left out. */
  readonly inStreams: (streams: readonly string[]) => Promise<ReadonlyMap<string, readonly ProjectedFact[]>>;
  /** The names of the streams in which the events at these positions stand. */
  readonly streamsAt: (positions: readonly number[]) => Promise<readonly string[]>;
};

/** The log position at which the figures learn of an event: its own, or that of the reopening it waited for. */
export type CauseOf = (event: ProjectedFact) => number;

/** Called in this order for each batch, on a connection whose search path begins with the generation's schema. */
export type Fold = {
  /**
   * Pure: an error here or in `apply` is the fault of an event, which is then found and parked. So is a value that the
   * database cannot hold or give back; its other errors are of the moment.
   */
  readonly take: (events: readonly ProjectedFact[], causeOf: CauseOf) => void;
  /** Reads the rows that the batch may change. */
  readonly load: (db: QueryExecutorProvider) => Promise<void>;
  /**
   * Where it yields, others have their turn: a fold that has much to do would else keep gates, boards and its own
   * heartbeat waiting.
   */
  readonly apply: () => Iterable<undefined> | void;
  /** Writes what changed. */
  readonly save: (db: QueryExecutorProvider) => Promise<void>;
};

/** Those of the events that a projection reads. */
export const readBy = ({ reads }: Projection, events: readonly ProjectedFact[]): readonly ProjectedFact[] =>
  reads ? events.filter(({ type }) => reads.has(type)) : events;
