import { z } from 'zod';
import { Problem } from '../problems.ts';
import { ok } from '../reply.ts';
import { noQuery, readAnywhere, type Route } from '../route.ts';

const healthz = readAnywhere({
  path: '/healthz',
  summary: 'Whether the process is alive',
  may: ['public'],
  query: noQuery,
  answer: z.object({ status: z.literal('alive') }),
  handle: async () => ok({ status: 'alive' }),
});

const readyz = readAnywhere({
  path: '/readyz',
  summary: 'Whether this node can answer: its database and the log are there; and how the figures are',
  may: ['public'],
  query: noQuery,
  answer: z.record(z.string(), z.enum(['ready', 'behind', 'stopped'])),
  handle: async (_, ports) => {
    const parts = await ports.readiness();
    const waiting = Object.entries(parts).filter(([, state]) => state === 'waiting');
    if (waiting.length === 0) return ok(parts);
    throw new Problem('busy', {
      retryAfterSeconds: 1,
      detail: `waiting for ${waiting.map(([part]) => part).join(', ')}`,
    });
  },
});

const isLoopback = (address: string): boolean => address === '::1' || /^(::ffff:)?127\./.test(address);

const metrics = readAnywhere({
  path: '/metrics',
  summary: "The node's measurements for Prometheus, for this machine or with the owner's token",
  may: ['public'],
  query: noQuery,
  handle: async ({ caller, address }, ports) => {
    if (!isLoopback(address) && caller.actor.role !== 'owner') {
      throw new Problem(caller.by === 'nothing' ? 'not-signed-in' : 'not-found');
    }
    return new Response(await ports.metrics.text(), { headers: { 'content-type': ports.metrics.contentType } });
  },
});

export const operations: readonly Route[] = [healthz, readyz, metrics];
