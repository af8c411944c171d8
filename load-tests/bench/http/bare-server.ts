/**
 * What Hono can do at most: a route that reads the same body with the same schema and answers as much as a check-in
 * does. It knows nobody, decides nothing and keeps nothing.
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { ScanBody } from '../../../src/contract/scans.ts';

const app = new Hono();

app.put('/api/fairs/:fair/scans/:scan', async (c) => {
  const { gate, direction, occurredAt } = ScanBody.parse(await c.req.json());
  return c.json({
    outcome: 'admitted',
    scan: c.req.param('scan'),
    pass: c.req.param('fair'),
    gate,
    direction,
    decidedBy: 'server',
    occurredAt: new Date(occurredAt).toISOString(),
    skewSeconds: 0,
    persons: 1,
    category: 'individual',
    partySize: 1,
    trust: 'verified',
    position: 1,
  });
});

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`http://localhost:${port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
