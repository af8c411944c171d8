/**
 * The same check-in as Emmett's documentation would have it written: a Hono route, a CommandHandler over the stream of
 * the pass, its store for PostgreSQL. It looks the device's token up by its hash, reads the same body with the same schema,
 * verifies the pass's signature, and decides admitted, admitted again or refused, durably. It knows one fair by heart, limits
 * nobody, keeps no digest, counts no figures and logs nothing.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { CommandHandler, type Event } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { ScanBody } from '../../../src/contract/scans.ts';
import { readPassToken } from '../../../src/domain/pass-token.ts';

type Scanned = { readonly scan: string; readonly gate: string; readonly persons: number; readonly occurredAt: string };
type PassEvent =
  | Event<'VisitorCheckedIn', Scanned & { readonly outcome: 'admitted' | 'admitted-again' }>
  | Event<'ScanRefused', Scanned & { readonly reason: string }>
  | Event<'PassRevoked', { readonly reason: string }>;

type Pass = { readonly isRevoked: boolean; readonly admittedAt: string | null; readonly scans: readonly string[] };

const evolve = (pass: Pass, { type, data }: PassEvent): Pass => {
  if (type === 'PassRevoked') return { ...pass, isRevoked: true };
  const scans = [...pass.scans, data.scan];
  return type === 'ScanRefused'
    ? { ...pass, scans }
    : { ...pass, scans, admittedAt: pass.admittedAt ?? data.occurredAt };
};

const checkIn =
  (scanned: Scanned) =>
  (pass: Pass): PassEvent[] => {
    if (pass.scans.includes(scanned.scan)) return [];
    if (pass.isRevoked) return [{ type: 'ScanRefused', data: { ...scanned, reason: 'revoked' } }];
    const outcome = pass.admittedAt === null ? 'admitted' : 'admitted-again';
    return [{ type: 'VisitorCheckedIn', data: { ...scanned, outcome } }];
  };

const connectionString = process.env['DATABASE_URL'] ?? '';
const pool = new pg.Pool({ connectionString, max: Number(process.env['CONNECTIONS']) });
const store = getPostgreSQLEventStore(connectionString, { connectionOptions: { pool } });
await store.schema.migrate();
const handle = CommandHandler<Pass, PassEvent>({
  evolve,
  initialState: () => ({ isRevoked: false, admittedAt: null, scans: [] }),
  mapToStreamId: (pass) => `pass-${pass}`,
});

const passKey = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: process.env['PASS_KEY'] ?? '' },
  format: 'jwk',
});
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
await pool.query('create table devices (token_hash bytea primary key, device uuid not null)');
await pool.query('insert into devices values ($1, gen_random_uuid())', [hashOf(process.env['DEVICE_TOKEN'] ?? '')]);
const deviceOf = { name: 'device', text: 'select device from devices where token_hash = $1' };

const app = new Hono();

app.put('/api/fairs/:fair/scans/:scan', async (c) => {
  const bearer = c.req.header('authorization')?.replace('Bearer ', '') ?? '';
  if ((await pool.query({ ...deviceOf, values: [hashOf(bearer)] })).rowCount === 0) return c.json({}, 401);
  const { token, gate, persons = 1, occurredAt } = ScanBody.parse(await c.req.json());
  const read = readPassToken(token ?? '');
  if (!read || !verify(null, read.signed, passKey, read.signature))
    return c.json({ outcome: 'refused', reason: 'unknown-pass' });
  const { pass } = read.claims;
  const scanned = { scan: c.req.param('scan'), gate, persons, occurredAt: new Date(occurredAt).toISOString() };
  const { newEvents, nextExpectedStreamVersion } = await handle(store, pass, checkIn(scanned));
  const [event] = newEvents;
  const outcome = event?.type === 'VisitorCheckedIn' ? event.data.outcome : 'refused';
  return c.json({ outcome, pass, ...scanned, version: Number(nextExpectedStreamVersion) });
});

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`http://localhost:${port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
