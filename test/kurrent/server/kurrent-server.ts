import { setTimeout as delay } from 'node:timers/promises';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { membersAt, supportedMethods } from './about.ts';
import { append, batchAppend, type Appender } from './appending.ts';
import { read, type ReadCall } from './reading.ts';
import { StoredLog } from './stored-log.ts';

export type KurrentServer = {
  readonly url: string;
  readonly log: StoredLog;
  /** Ends every subscription there is, as a server does that is busy or gives way to another. */
  readonly dropSubscriptions: () => number;
  /** Writes so many of the next appends, and never answers them. */
  readonly swallowAnswers: (times: number) => void;
  /** Lets so many of the next appends wait before they are written. */
  readonly delayAppends: (times: number, ms: number) => void;
  /** Stops listening and cuts every connection; what was written stays. */
  readonly stop: () => Promise<void>;
  /** Listens again, at the same address. */
  readonly start: () => Promise<void>;
};

type Options = { readonly port?: number; readonly appendBytesMax?: number };

/**
 * NOT KurrentDB: a small server in this process that speaks the protocol of its client (`event_store.client.streams`)
 * over real gRPC, for the adapter's own logic. It holds its log in memory, has one node and knows no users.
 */
export async function startKurrentServer({ port = 0, ...limits }: Options = {}): Promise<KurrentServer> {
  const log = new StoredLog(limits);
  const subscriptions = new Set<ReadCall>();
  let [toSwallow, toDelay, delayMs] = [0, 0, 0];
  let [server, listensAt] = [new Server(), port];

  const write: Appender = async (...request) => {
    const swallows = toSwallow > 0;
    if (swallows) toSwallow -= 1;
    if (toDelay > 0) {
      toDelay -= 1;
      await delay(delayMs);
    }
    const appended = log.append(...request);
    return swallows ? undefined : appended;
  };
  const reads = (call: ReadCall) => {
    if (call.request.getOptions()?.hasSubscription()) {
      subscriptions.add(call);
      call.on('close', () => subscriptions.delete(call));
    }
    call.on('error', () => {});
    void read(log, call);
  };
  const start = async () => {
    server = new Server({ 'grpc.max_receive_message_length': 4 * 1024 * 1024 });
    const handlers = { append: append(write), batchAppend: batchAppend(write), read: reads };
    server.addService(StreamsService, handlers);
    server.addService(ServerFeaturesService, { getSupportedMethods: supportedMethods });
    server.addService(GossipService, { read: membersAt(() => listensAt) });
    listensAt = await bind(server, listensAt);
  };
  await start();
  return {
    get url() {
      return `esdb://127.0.0.1:${listensAt}?tls=false`;
    },
    log,
    dropSubscriptions: () => {
      const dropped = [...subscriptions];
      for (const call of dropped)
        call.emit('error', { code: status.UNAVAILABLE, details: 'the subscription was dropped' });
      return dropped.length;
    },
    swallowAnswers: (times) => (toSwallow = times),
    delayAppends: (times, ms) => ([toDelay, delayMs] = [times, ms]),
    stop: async () => {
      for (const call of subscriptions) call.end();
      server.forceShutdown();
    },
    start,
  };
}

const bind = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
