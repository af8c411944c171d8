import type { Config } from './config.ts';
import type { Ground } from './ground.ts';
import type { Log } from './log.ts';
import { believedKeys } from './seal/agreed-keys.ts';
import { OutsideCopies } from './seal/outside-copies.ts';
import type { PublishedKey } from './seal/published-keys.ts';
import { SealKey } from './seal/seal-key.ts';
import { sealLagOf } from './seal/seal-lag.ts';
import { SealRunner } from './seal/seal-runner.ts';
import type { SealingNow } from './seal-gauges.ts';

export type Sealing = {
  /** The keys whose checkpoints this node believes. */
  readonly keys: () => Promise<readonly PublishedKey[]>;
  readonly now: SealingNow;
  /** Seals what is left. */
  readonly stop: () => Promise<void>;
};

/** Seals the log for as long as this node lives, whenever no other one is at it. */
export function startSealing(
  { db, store }: Pick<Ground, 'db' | 'store'>,
  { sealKey, dataDir }: Pick<Config, 'sealKey' | 'dataDir'>,
  { log, clock }: { readonly log: Log; readonly clock: () => number },
): Sealing {
  const outside = new OutsideCopies({ dataDir });
  const runner = new SealRunner({ db, store, outside, key: new SealKey({ sealKey, outside }), log });
  return {
    keys: () => believedKeys(db, outside),
    now: { isRefused: () => runner.isRefused, lag: () => sealLagOf(db, { store, clock }) },
    stop: () => runner.stop(),
  };
}
