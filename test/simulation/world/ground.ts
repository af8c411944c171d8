import { createPrivateKey, createPublicKey } from 'node:crypto';
import { newSecret } from '../../../src/auth/secrets.ts';
import type { Role } from '../../../events/envelope.ts';
import { assetFilesIn } from '../../../src/asset-files.ts';
import { Credentials } from '../../../src/auth/credentials.ts';
import type { Database } from '../../../src/database/connect.ts';
import { figurePorts } from '../../../src/figure-ports.ts';
import { figuresDatabase } from '../../../src/figures/snapshot.ts';
import { keyringOf } from '../../../src/keys/keyring.ts';
import { seal } from '../../../src/keys/sealed.ts';
import { createLog } from '../../../src/log.ts';
import { nodeMetrics } from '../../../src/metrics.ts';
import type { portsOn } from '../../../src/ports.ts';
import type { EventStore } from '../../../src/store/event-store.ts';
import { memoryEventStore } from '../../../src/store/memory/memory-event-store.ts';
import { readAssets } from '../../../src/web/assets.ts';
import type { FreshDatabase } from '../../support/database.ts';
import { Threads } from './threads.ts';
import type { Timeline } from './timeline.ts';

type Given = Parameters<typeof portsOn>[0];

/** What the nodes of a run have in common: one log, one database for all that is no log, one clock behind theirs. */
export type Ground = {
  readonly timeline: Timeline;
  readonly store: EventStore;
  readonly database: Database;
  readonly pool: FreshDatabase['pool'];
  readonly threads: Threads;
  readonly parts: Omit<Given, 'database' | 'store' | 'clock' | 'limits'>;
  /** A new token for somebody. */
  readonly tokenFor: (role: Role, about: { readonly fair: string | null; readonly subject: string }) => Promise<string>;
  readonly close: () => Promise<void>;
};

const keyring = keyringOf(Buffer.alloc(32, 42));
const log = createLog({ logLevel: 'silent' });
const metrics = nodeMetrics();
const assets = assetFilesIn(readAssets());

/** @param spoil puts something between the nodes and the log, to show that it is noticed */
export function openGround(
  { db: database, pool }: FreshDatabase,
  timeline: Timeline,
  spoil: (store: EventStore) => EventStore = (store) => store,
): Ground {
  const store = spoil(memoryEventStore({ clock: () => timeline.now }));
  const projections = figuresDatabase(pool);
  const clock = () => timeline.now;
  const { close, ...figures } = figurePorts({ projections, store, changes: nobodyTells, clock });
  const parts = {
    ...figures,
    projections,
    keyring,
    log,
    metrics,
    assets,
    stopping: new AbortController().signal,
    readiness: async () => ({ log: 'ready' as const }),
    addressOf: () => '203.0.113.7',
    publicUrl: undefined,
  };
  const credentials = new Credentials(database, clock);
  const threads = new Threads(pool);
  return {
    timeline,
    store,
    database,
    pool,
    threads,
    parts,
    tokenFor: async (role, about) => {
      const secret = newSecret('token');
      await credentials.issue({ secret, kind: 'token', role, ...about, expiresAt: null });
      return secret;
    },
    close: async () => {
      close();
      threads.close();
      await store.close();
    },
  };
}

const nobodyTells = { subscribe: () => () => {} };

/** PKCS #8 of an Ed25519 key, up to its 32 bytes (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Gives a fair a pass key that is the same in every run, sealed as the server seals its own. */
export async function givePassKey({ database }: Pick<Ground, 'database'>, fair: string): Promise<void> {
  const key = Buffer.concat([pkcs8Head, Buffer.alloc(32, 7)]);
  const pair = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  await database
    .insertInto('pass_keys')
    .values({
      fair,
      public_key: createPublicKey(pair).export({ format: 'jwk' }).x ?? '',
      sealed_private_key: seal(keyring.keyFor('pass-keys'), key, fair),
    })
    .execute();
}
