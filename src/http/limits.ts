import { type Allowance, rateLimit } from '../auth/rate-limit.ts';
import type { Caller } from './caller.ts';

export type LimitSettings = {
  /** Requests of one token or session, whatever network it is in. */
  readonly credential: Allowance;
  /** Requests without a credential from one address: a whole phone network may share it. */
  readonly address: Allowance;
  /** Live streams open at once. */
  readonly streamsMax: { readonly credential: number; readonly address: number };
};

/** Far above what a gate, or a phone network's shared address, asks at a fair's peak, and far below what would hurt others. */
export const usualLimits: LimitSettings = {
  credential: { perSecond: 100, burst: 3000 },
  address: { perSecond: 300, burst: 6000 },
  streamsMax: { credential: 20, address: 2000 },
};

type Refusal = { readonly retryAfterSeconds: number };

export type Limits = {
  /** Takes `cost` from a caller's allowance, or says after how many seconds to come back. */
  take(caller: Caller, address: string, cost?: number): Refusal | undefined;
  /** Holds a place for a stream; the answer gives it back. */
  hold(caller: Caller, address: string): (() => void) | Refusal;
};

/** What each caller may ask of this node. */
export function limitsOf(settings: LimitSettings = usualLimits): Limits {
  const byCredential = rateLimit(settings.credential);
  const byAddress = rateLimit(settings.address);
  const streams = new Map<string, number>();
  return {
    take: ({ credential }, address, cost) =>
      credential === undefined ? byAddress.take(address, cost) : byCredential.take(credential, cost),
    hold({ credential }, address) {
      const key = credential ?? `address ${address}`;
      const open = streams.get(key) ?? 0;
      if (open >= settings.streamsMax[credential === undefined ? 'address' : 'credential'])
        return { retryAfterSeconds: 30 };
      streams.set(key, open + 1);
      return () => release(streams, key);
    },
  };
}

function release(streams: Map<string, number>, key: string): void {
  const left = (streams.get(key) ?? 1) - 1;
  if (left > 0) streams.set(key, left);
  else streams.delete(key);
}
