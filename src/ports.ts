import { Credentials } from './auth/credentials.ts';
import { type KnownPairs, PassKeys } from './auth/pass-keys.ts';
import { PosterCodes } from './auth/poster-codes.ts';
import { codeMarks } from './auth/code-marks.ts';
import { derivedSecret } from './auth/secrets.ts';
import { countAlone } from './auth/count-together.ts';
import { Misses } from './auth/misses.ts';
import { ShortCodeFinder } from './auth/short-code-finder.ts';
import { ShortCodes } from './auth/short-codes.ts';
import { VisitorCookies } from './auth/visitor-cookie.ts';
import { Beginnings } from './commands/beginnings.ts';
import { FairCache } from './commands/fair-cache.ts';
import { PassReader } from './commands/pass-reader.ts';
import { PosterPace } from './commands/poster-pace.ts';
import type { Database } from './database/connect.ts';
import { limitsOf, type LimitSettings } from './http/limits.ts';
import type { Ports } from './http/ports.ts';
import type { Keyring } from './keys/keyring.ts';
import { followFirst, type PublishedKey } from './seal/published-keys.ts';
import { SealedLog } from './seal/sealed-log.ts';
import { storedKeys } from './seal/stored-tree.ts';
import { Vault } from './vault/vault.ts';

type Ground = Pick<
  Ports,
  | 'figures'
  | 'live'
  | 'progress'
  | 'fairList'
  | 'stopping'
  | 'projections'
  | 'store'
  | 'clock'
  | 'log'
  | 'metrics'
  | 'assets'
  | 'readiness'
  | 'addressOf'
  | 'publicUrl'
> & {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly limits?: LimitSettings;
  /** The keys whose checkpoints this node believes; those in the database unless told. */
  readonly sealKeys?: () => Promise<readonly PublishedKey[]>;
  /** What is remembered already; else this node begins with nothing. */
  readonly memory?: Memory;
};

/** What a node remembers between requests: plain data that no connection hangs on, and no request. */
export type Memory = Pick<Ports, 'fairs' | 'beginnings' | 'passReader' | 'posterPace' | 'limits'> & {
  readonly misses: Misses;
  readonly pairs: KnownPairs;
};

/** @param together with whom what callers do is counted, so that they get no more from several nodes than from one */
export const newMemory = (limits?: LimitSettings, together = countAlone): Memory => ({
  fairs: new FairCache(),
  beginnings: new Beginnings(),
  passReader: new PassReader(),
  posterPace: new PosterPace(together('new passes at posters')),
  limits: limitsOf(limits, together),
  misses: new Misses({ together }),
  pairs: new Map(),
});

/** What every node puts together in the same way, on whatever store, clock and runtime it has. */
export function portsOn(ground: Ground): Ports {
  const { database, keyring, limits, memory = newMemory(limits), sealKeys, ...given } = ground;
  const { misses, pairs, ...remembered } = memory;
  const linkKey = keyring.keyFor('links');
  const shortCodes = new ShortCodes(database, keyring);
  return {
    ...given,
    ...remembered,
    credentials: new Credentials(database, given.clock),
    secretFor: (kind, name) => derivedSecret(kind, linkKey, name),
    vault: new Vault(database, keyring, given.clock),
    passKeys: new PassKeys(database, keyring, { known: pairs }),
    sealed: new SealedLog(database, sealKeys ?? (async () => followFirst(await storedKeys(database)))),
    shortCodes,
    shortCodeFinder: new ShortCodeFinder(shortCodes, misses),
    codeMarks: codeMarks(keyring),
    posterCodes: new PosterCodes(keyring),
    visitorCookies: new VisitorCookies(keyring),
  };
}
