import type { Generated } from 'kysely';

/** How far the projections of each generation are, who moves them on, and what they could not take in. */
export type GenerationTables = {
  projection_generations: {
    generation: Generated<number>;
    definition: number;
    state: 'building' | 'current' | 'retired';
    /** The last log position that is in the generation's tables. */
    position: Generated<number>;
    holder: string | null;
    /** Raised with every change of holder; what a former holder still writes fails. */
    epoch: Generated<number>;
    heartbeat_at: Date | null;
    retired_at: Date | null;
    created_at: Generated<Date>;
  };
  /** Events that a projection could not fold. While one is here the figures of its fair are incomplete. */
  parked_events: {
    generation: number;
    position: number;
    projection: string;
    fair: string;
    type: string;
    error: string;
    parked_at: Generated<Date>;
  };
  /** Fairs whose figures are final, with the position of the closing. */
  closed_fairs: { generation: number; fair: string; position: number };
  /** Events above a closing, which wait for a reopening. */
  held_events: { generation: number; fair: string; position: number; type: string };
};

/** The schema that holds the tables of a generation. */
export const schemaOf = (generation: number): string => `projections_${generation}`;
