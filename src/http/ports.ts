import type { CommandPorts } from '../commands/command.ts';
import type { Log } from '../log.ts';
import type { Caller } from './caller.ts';

type Found = Omit<Caller, 'by'>;

/** Everything the HTTP layer stands on; a composition root puts it together. */
export type Ports = CommandPorts & {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Whom a secret stands for now; undefined when it is unknown, expired or revoked. */
  readonly credentials: {
    ofBearer(secret: string): Promise<Found | undefined>;
    ofSession(secret: string): Promise<Found | undefined>;
  };
  /** Takes `cost` from a caller's allowance; says after how many seconds to come back when it is used up. */
  readonly limits: {
    take(caller: Caller, address: string, cost?: number): { readonly retryAfterSeconds: number } | undefined;
  };
  /** The network address of whoever asks, as the runtime knows it. */
  readonly addressOf: (runtime: unknown, headers: Headers) => string;
  /** Visitors come over https: cookies are bound to it. */
  readonly https: boolean;
  /** Where our own pages are served from; empty for wherever the `Host` header says. */
  readonly origins: readonly string[];
};
