import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { projections as everyProjection } from '../projections/index.ts';
import { assetFilesIn } from './asset-files.ts';
import type { Config } from './config.ts';
import { type Ground, logDatabase, openGround, openGroundAt } from './ground.ts';
import { figurePorts } from './figure-ports.ts';
import { figuresDatabase } from './figures/snapshot.ts';
import { createApp } from './http/app.ts';
import { limitsFor, type LimitSettings } from './http/limits.ts';
import type { Ports } from './http/ports.ts';
import type { CountTogether } from './auth/count-together.ts';
import { takeBackUnreferred } from './commands/unreferred-contacts.ts';
import type { Log } from './log.ts';
import { type NodeMetrics, nodeMetrics } from './metrics.ts';
import { peerAddressBehind } from './peer-address.ts';
import { type Memory, newMemory, portsOn } from './ports.ts';
import { FiguresChanges } from './projector/changes.ts';
import { projectorDatabase } from './projector/database.ts';
import { ProjectionRunner, type RunnerOptions } from './projector/runner.ts';
import { ProjectorWatch } from './projector/watch.ts';
import type { ProjectorNow } from './projector-gauges.ts';
import { startReactions } from './reactions/runner.ts';
import { postgresProgress } from './reactions/postgres-progress.ts';
import { startSealing } from './start-sealing.ts';
import type { EventStore } from './store/event-store.ts';
import { readAssets } from './web/assets.ts';

/** A server that takes part: on one database there may be any number of them. */
export type RunningNode = {
  /** Where visitors find it, without a slash at the end. */
  readonly address: string;
  /** The same for this machine, past any proxy. */
  readonly origin: string;
  readonly ports: Ports;
  /** Lets requests in flight finish, hands the leases over and leaves the database. */
  readonly close: () => Promise<void>;
};

type Options = {
  readonly log: Log;
  /** Milliseconds since 1970; the real time unless told. */
  readonly clock?: () => number;
  readonly limits?: LimitSettings;
  /** Address of a database that whoever starts this node has opened and migrated, and holds open; its own unless told. */
  readonly databaseUrl?: string;
  /** Where this node counts what it does; for itself unless told. */
  readonly metrics?: NodeMetrics;
  /** With whom what callers do is counted; alone unless told. */
  readonly countTogether?: CountTogether;
  /** Looks at the log before this node takes any part in it; throws to keep the node off. */
  readonly check?: (store: EventStore) => Promise<void>;
  /** Called when the database is gone for good; the process has no more to do then. */
  readonly onLost: (error: unknown) => void;
};

export async function startNode(config: Config, options: Options): Promise<RunningNode> {
  await using starting = new AsyncDisposableStack();
  const { log, clock, metrics = nodeMetrics() } = options;
  const assets = assetFilesIn(readAssets());
  const ground = starting.use(await groundOf(config, options));
  await options.check?.(ground.store);
  const now = clock ?? Date.now;
  const projections = figuresDatabase(ground.answering);
  const changes = starting.adopt(new FiguresChanges(ground.url), (listening) => listening.close());
  const figures = starting.adopt(figurePorts({ projections, store: ground.store, changes, clock: now }), ({ close }) =>
    close(),
  );
  const sealing = starting.adopt(startSealing(ground, config, { log, clock: now }), ({ stop }) => stop());
  metrics.sealing(sealing.now);
  const stopping = new AbortController();
  const ports = portsOn({
    ...figures,
    projections,
    stopping: stopping.signal,
    store: ground.store,
    database: ground.db,
    keyring: ground.keyring,
    clock: now,
    log,
    metrics,
    assets,
    readiness: () => readinessOf(ground, projecting),
    addressOf: peerAddressBehind(config.trustedProxies),
    publicUrl: config.publicUrl,
    sealKeys: sealing.keys,
    memory: memoryOf(config, options),
  });
  const onBatch: RunnerOptions['onBatch'] = (report) => metrics.batch(report);
  const projector = starting.adopt(startProjector(ground, { ...options, onBatch }), (running) => running.stop());
  const projecting = projectorNow(projector, ground, now);
  metrics.projecting(projecting);
  starting.adopt(startReacting(ports, ground, metrics), (reactions) => reactions.stop());
  starting.adopt(forgetDaily(ports), clearInterval);
  const server = createAdaptorServer({ fetch: createApp(ports).fetch });
  const { port } = await listen(server, config);
  starting.defer(() => {
    stopping.abort();
    return stopServing(server);
  });
  const running = starting.move();
  const origin = addressAt(config.host, port);
  return { address: config.publicUrl ?? origin, origin, ports, close: () => running.disposeAsync() };
}

const groundOf = async (config: Config, { log, clock, databaseUrl, onLost }: Options): Promise<Ground> => {
  const options = { log, ...(clock === undefined ? {} : { clock }) };
  if (databaseUrl !== undefined) return openGroundAt(databaseUrl, config, options);
  const ground = await openGround(config, { as: 'server', onLost, ...options });
  logDatabase(log, ground);
  return ground;
};

const memoryOf = (
  { limitPerToken, limitPerAddress }: Config,
  { limits, countTogether }: Pick<Options, 'limits' | 'countTogether'>,
): Memory => newMemory(limits ?? limitsFor({ perToken: limitPerToken, perAddress: limitPerAddress }), countTogether);

const dayMs = 86_400_000;

const forgetDaily = ({ log, ...ports }: Pick<Ports, 'credentials' | 'store' | 'vault' | 'log'>): NodeJS.Timeout => {
  const forget = async () => {
    await ports.credentials.forgetOld().catch((error: unknown) => log.warn({ err: error }, 'old sessions stay'));
    await takeBackUnreferred(ports).catch((error: unknown) => log.warn({ err: error }, 'contacts without a fact stay'));
  };
  void forget();
  return setInterval(() => void forget(), dayMs).unref();
};

const startProjector = (
  { pool, store }: Ground,
  { log, clock, onBatch }: Pick<Options, 'log' | 'clock'> & Required<Pick<RunnerOptions, 'onBatch'>>,
): ProjectionRunner =>
  new ProjectionRunner({
    db: projectorDatabase(pool),
    store,
    projections: everyProjection,
    holder: randomUUID(),
    log,
    onBatch,
    ...(clock === undefined ? {} : { clock }),
  });

const startReacting = (ports: Ports, { db }: Ground, metrics: NodeMetrics): ReturnType<typeof startReactions> =>
  startReactions({
    ...ports,
    revokeDevice: ({ fair, device }) => ports.credentials.revokeHolder({ fair, role: 'device', subject: device }),
    progress: postgresProgress(db, { holder: randomUUID(), staleSeconds: 6 }),
    onProgress: (progress) => metrics.reacted(progress),
  });

const projectorNow = (projector: ProjectionRunner, { pool, store }: Ground, clock: () => number): ProjectorNow => {
  const watch = new ProjectorWatch(projectorDatabase(pool), { store, clock });
  return {
    holdsLease: () => projector.holdsLease,
    isStopped: () => projector.stoppedBy !== undefined,
    look: () => watch.look(),
  };
};

const listen = (server: ServerType, { host, port }: Pick<Config, 'host' | 'port'>): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address);
      else reject(new Error('the server has no address'));
    });
  });

/** Whoever listens everywhere is found at this machine too. */
const addressAt = (host: string, port: number): string => {
  const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};

const inFlightMsMax = 10_000;

const stopServing = async (server: ServerType): Promise<void> => {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), inFlightMsMax);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
};

/** Figures that are behind, or that wait for a newer program, keep no gate from its work: they are only told of. */
async function readinessOf(
  { store }: Ground,
  { look, isStopped }: Pick<ProjectorNow, 'look' | 'isStopped'>,
): ReturnType<Ports['readiness']> {
  const log = await Promise.race([store.head().then(() => 'ready' as const), seconds(1)]).catch(
    () => 'waiting' as const,
  );
  if (log === 'waiting') return { log };
  if (isStopped()) return { log, figures: 'stopped' };
  const behind = await Promise.race([look(), seconds(1)]).catch(() => 'waiting' as const);
  return { log, figures: behind === 'waiting' || behind.lag.seconds > behindSecondsMax ? 'behind' : 'ready' };
}

const behindSecondsMax = 10;

const seconds = (count: number): Promise<'waiting'> =>
  new Promise((resolve) => setTimeout(() => resolve('waiting'), count * 1000).unref());
