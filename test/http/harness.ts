import type { z } from 'zod';
import { newEvent } from '../../events/catalogue.ts';
import { FairSettings } from '../../events/fair.ts';
import type { Role } from '../../events/envelope.ts';
import { newSecret } from '../../src/auth/secrets.ts';
import { digestOf } from '../../src/commands/digest.ts';
import { deriveId, fairStream } from '../../src/commands/ids.ts';
import { type App, createApp } from '../../src/http/app.ts';
import type { Ports } from '../../src/http/ports.ts';
import { assetFilesIn } from '../../src/asset-files.ts';
import { readAssets } from '../../src/web/assets.ts';
import { nodeMetrics } from '../../src/metrics.ts';
import { keyringOf } from '../../src/keys/keyring.ts';
import { figurePorts } from '../../src/figure-ports.ts';
import { figuresDatabase } from '../../src/figures/snapshot.ts';
import { createLog } from '../../src/log.ts';
import { portsOn } from '../../src/ports.ts';
import { FiguresChanges } from '../../src/projector/changes.ts';
import { projectorDatabase } from '../../src/projector/database.ts';
import { ProjectionProgress } from '../../src/projector/progress.ts';
import { ProjectionRunner } from '../../src/projector/runner.ts';
import { postgresEventStore } from '../../src/store/postgres/postgres-event-store.ts';
import { projections } from '../../projections/index.ts';
import { memoryEventStore } from '../../src/store/memory/memory-event-store.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

/** A running fair behind the whole HTTP surface, with a clock of its own and a token of every role. */
export type TestFair = {
  readonly app: App;
  readonly ports: Ports;
  readonly database: FreshDatabase;
  readonly fair: string;
  /** Another fair in the same log, with tokens of its own. */
  readonly otherFair: string;
  /** Whom the bound roles are about. */
  readonly subjects: typeof subjects;
  /** Ms since 1970; add to it to let time pass. */
  readonly clock: { now: number };
  /** Every line that was logged. */
  readonly logged: string[];
  readonly id: () => string;
  /** A new token; the fair's own unless `fair` names another or, by null, all. */
  readonly token: (role: Role, about?: { fair?: string | null; subject?: string }) => Promise<string>;
  /** Asks with the standing token of a role, `public` without any. */
  readonly ask: (method: string, path: string, about?: AskAbout) => Promise<Asked>;
  /** Waits until all that is in the log is in the figures, which only a fair with running figures ever gets to. */
  readonly projected: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type AskAbout = { as?: Role; body?: unknown; headers?: Record<string, string> };
export type Asked = { readonly status: number; readonly body: unknown; readonly headers: Headers };

export const subjects = {
  device: '019a0000-0000-7000-8000-0000000000d1',
  exhibitor: '019a0000-0000-7000-8000-0000000000e1',
  group: '019a0000-0000-7000-8000-000000000091',
  account: '019a0000-0000-7000-8000-0000000000a1',
} as const;

/** The fair of the tests opens on 21 April 2026 at 07:00 in Vietnam; its clock stands at 08:00. */
const opensAt = Date.UTC(2026, 3, 21, 0);

const settings: z.input<typeof FairSettings> = {
  name: { vi: 'Ngày Sách Bắc Ninh', en: 'Bắc Ninh Book Day' },
  province: '24',
  days: ['2026-04-21', '2026-04-22', '2026-04-23'],
  sites: [{ code: 'A', name: 'Quảng trường', capacity: 500 }],
  gates: [
    { code: 'G1', name: 'Cổng chính', site: 'A', exits: 'scanned' },
    { code: 'G2', name: 'Cổng phụ', site: 'A', exits: 'not-scanned' },
  ],
  visitRules: [{ from: '2026-04-21', rule: { kind: 'per-day' } }],
};

/** @param options.figures `running` on a log in PostgreSQL; without, the log is in memory and nobody counts it. */
export async function startFair({ figures }: { figures?: 'running' } = {}): Promise<TestFair> {
  const database = await freshDatabase();
  const clock = { now: opensAt + 3_600_000 };
  const logged: string[] = [];
  const counted = figures === 'running' ? countedLog(database, clock) : undefined;
  const store = counted?.store ?? memoryEventStore({ clock: () => clock.now });
  const stopping = new AbortController();
  const ports = groundOf(database, {
    clock,
    logged,
    store,
    changes: counted?.changes ?? nobodyTells,
    stopping: stopping.signal,
  });
  const app = createApp(ports);
  const ids = idsFrom(clock.now);
  const [fair, otherFair] = [ids(), ids()];
  for (const each of [fair, otherFair]) await createFair(ports, each);
  const standing = new Map<Role, Promise<string>>();

  const token: TestFair['token'] = async (role, about = {}) => {
    const secret = newSecret('token');
    const scope = about.fair === undefined ? (role === 'owner' ? null : fair) : about.fair;
    const subject = about.subject ?? subjectOf(role);
    await ports.credentials.issue({ secret, kind: 'token', role, fair: scope, subject, expiresAt: null });
    return secret;
  };
  const tokenOf = (role: Role): Promise<string> => {
    const known = standing.get(role) ?? token(role);
    standing.set(role, known);
    return known;
  };

  return {
    app,
    ports,
    database,
    fair,
    otherFair,
    subjects,
    clock,
    logged,
    token,
    id: ids,
    ask: async (method, path, { as = 'public', body, headers = {} } = {}) => {
      const authorization = as === 'public' ? {} : { authorization: `Bearer ${await tokenOf(as)}` };
      return ask(app, method, path, { body, headers: { ...authorization, ...headers } });
    },
    projected: async () => {
      if (!counted) throw new Error('nobody counts this log');
      await counted.reached(await store.head());
    },
    close: async () => {
      stopping.abort();
      await counted?.stop();
      await store.close();
      await database.drop();
    },
  };
}

/** A text in the body of an answer. */
export const textIn = ({ body }: Asked, key: string): string => {
  const value: unknown =
    typeof body === 'object' && body !== null ? new Map<string, unknown>(Object.entries(body)).get(key) : undefined;
  if (typeof value !== 'string') throw new Error(`no ${key} in ${JSON.stringify(body)}`);
  return value;
};

/** Names of the fields in the body of an answer, in order. */
export const fieldsOf = ({ body }: Asked): string[] =>
  typeof body === 'object' && body !== null ? Object.keys(body).sort() : [];

export async function ask(
  app: App,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Asked> {
  const json = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await app.request(path, { method, headers: { ...type, ...headers }, ...json });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
}

/** A log in PostgreSQL with the projector at work, as a node has them. */
function countedLog({ pool, appUrl }: FreshDatabase, clock: { now: number }) {
  const store = postgresEventStore(appUrl, { clock: () => clock.now });
  const db = projectorDatabase(pool);
  const changes = new FiguresChanges(appUrl);
  const progress = new ProjectionProgress(db, changes);
  const log = createLog({ logLevel: 'silent' });
  const runner = new ProjectionRunner({ db, store, projections, holder: 'test', log, clock: () => clock.now });
  return {
    store,
    changes,
    reached: async (position: number) => {
      if (!(await progress.waitFor(position, 10_000))) throw new Error(`the figures did not reach ${position}`);
    },
    stop: async () => {
      progress.close();
      await runner.stop();
      await changes.close();
    },
  };
}

type Given = Pick<Ports, 'store' | 'stopping'> & {
  readonly clock: { now: number };
  readonly logged: string[];
  readonly changes: Pick<FiguresChanges, 'subscribe'>;
};

/** Where nobody counts, nothing changes. */
const nobodyTells: Given['changes'] = { subscribe: () => () => {} };

const groundOf = (database: FreshDatabase, { clock, logged, store, changes, stopping }: Given): Ports => {
  const projections = figuresDatabase(database.pool);
  return portsOn({
    ...figurePorts({ projections, store, changes, clock: () => clock.now }),
    projections,
    stopping,
    database: database.db,
    keyring: keyringOf(Buffer.alloc(32, 42)),
    store,
    clock: () => clock.now,
    log: createLog({ logLevel: 'info' }, { write: (line) => void logged.push(line) }),
    metrics: nodeMetrics(),
    assets: assetFilesIn(readAssets()),
    readiness: async () => ({ log: 'ready' }),
    addressOf: () => '203.0.113.7',
    publicUrl: undefined,
  });
};

async function createFair(ports: Ports, fair: string): Promise<void> {
  const actor = { role: 'owner' as const, id: subjects.account };
  const data = { fair, settings: FairSettings.parse(settings), passKey: await ports.passKeys.publicKeyOf(fair) };
  const meta = { fair, actor, correlation: 'test', digest: digestOf(actor, 'fair', data) };
  const event = newEvent('FairCreated', data, { id: deriveId(fair, 'fair', fair), occurredAt: opensAt, meta });
  await ports.store.append([{ stream: fairStream(fair), expectedVersion: 0, event }]);
}

const subjectOf = (role: Role): string => {
  if (role === 'device') return subjects.device;
  if (role === 'exhibitor' || role === 'till' || role === 'application-link') return subjects.exhibitor;
  return role === 'group-link' ? subjects.group : subjects.account;
};

/** UUIDv7s that count up: the same in every run. */
const idsFrom = (ms: number): (() => string) => {
  const time = ms.toString(16).padStart(12, '0');
  let count = 0;
  return () => {
    count += 1;
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${count.toString(16).padStart(12, '0')}`;
  };
};
