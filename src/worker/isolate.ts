import type { KnownList } from '../figures/fair-list.ts';
import type { Frame } from '../http/event-stream.ts';
import { limitsFor } from '../http/limits.ts';
import { type Keyring, keyringOf } from '../keys/keyring.ts';
import { type Memory, newMemory } from '../ports.ts';
import { readBindings, type WorkerConfig } from './bindings.ts';
import { type ConsoleLog, consoleLog } from './console-log.ts';
import type { KnownFigures } from './known-figures.ts';
import type { Setup } from './setup.ts';
import type { Rooms } from './shared-live.ts';

/**
 * What an isolate keeps between requests: plain data only. Whatever hangs on a connection belongs to one request, and
 * no request awaits a promise of another, which may end before it is kept.
 */
export type Isolate = {
  readonly config: WorkerConfig;
  readonly log: ConsoleLog;
  readonly keyring: Keyring;
  readonly memory: Memory;
  readonly figures: KnownFigures;
  readonly list: KnownList;
  readonly rooms: Rooms<Frame>;
  readonly setup: Setup;
};

/** @throws ConfigError */
export function newIsolate(bindings: object): Isolate {
  const config = readBindings(bindings);
  const limits = limitsFor({ perToken: config.limitPerToken, perAddress: config.limitPerAddress });
  return {
    config,
    log: consoleLog(config),
    keyring: keyringOf(Buffer.from(config.vaultKey.reveal(), 'hex')),
    memory: newMemory({ ...limits, streamsMax }),
    figures: new Map(),
    list: {},
    rooms: new Map(),
    setup: { assets: undefined, refusal: undefined },
  };
}

/** An isolate has 128 MB for all of its requests. */
const streamsMax = { credential: 20, crowd: 2000 };
