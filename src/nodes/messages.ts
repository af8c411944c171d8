import { z } from 'zod';
import { Counts } from './counts.ts';

/** What the supervisor tells a node. */
export type Order = z.output<typeof Order>;
export const Order = z.discriminatedUnion('order', [
  /** The database is open: serve it on this port, as this number among the nodes. */
  z.object({ order: z.literal('serve'), node: z.int(), databaseUrl: z.string(), port: z.int() }),
  z.object({ order: z.literal('stop') }),
  /** Say what you have measured. */
  z.object({ order: z.literal('measure'), question: z.int() }),
  /** What all nodes have measured, as one of them asked. */
  z.object({ order: z.literal('show'), question: z.int(), measured: z.string() }),
  /** What another node counted. */
  z.object({ order: z.literal('count'), counts: Counts }),
]);

/** What a node tells its supervisor. */
export type Report = z.output<typeof Report>;
export const Report = z.discriminatedUnion('report', [
  z.object({ report: z.literal('waiting') }),
  z.object({ report: z.literal('serving'), address: z.string() }),
  /** It cannot serve, and ends; `why` is a sentence for the operator. */
  z.object({ report: z.literal('failed'), why: z.string() }),
  z.object({ report: z.literal('measured'), question: z.int(), measured: z.string() }),
  /** Somebody asks this node what all have measured. */
  z.object({ report: z.literal('asked'), question: z.int() }),
  /** For the other nodes: what was counted here. */
  z.object({ report: z.literal('counted'), counts: Counts }),
]);
