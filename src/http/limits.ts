import { countAlone } from '../auth/count-together.ts';
import { type Allowance, rateLimit } from '../auth/rate-limit.ts';
import type { Caller } from './caller.ts';

export type LimitSettings = {
  /** Requests of one token or session, whatever network it is in. */
  readonly credential: Allowance;
  /** Requests without a credential from one address, for what few people ask. */
  readonly address: Allowance;
  /** Requests without a credential from all addresses together, for what a crowd asks: phone networks share addresses. */
  readonly crowd: Allowance;
  /** Live streams open at once, of one credential and of all who have none. */
  readonly streamsMax: { readonly credential: number; readonly crowd: number };
  /** Questions about the past, of one credential, and how many one node answers at once: each reads a whole fair. */
  readonly past?: PastSettings;
};

type PastSettings = { readonly credential: Allowance; readonly atOnceMax: number };
const usualPast: PastSettings = { credential: { perSecond: 1, burst: 20 }, atOnceMax: 2 };

/**
 * By default far above what a gate, or a phone network's shared address, asks at a fair's peak, and far below what would
 * hurt others. A device that comes back after hours without network has its whole queue within the burst.
 */
export const limitsFor = ({ perToken, perAddress }: { perToken: number; perAddress: number }): LimitSettings => ({
  credential: { perSecond: perToken, burst: 30 * perToken },
  address: { perSecond: perAddress, burst: 20 * perAddress },
  crowd: { perSecond: 3000, burst: 30_000 },
  streamsMax: { credential: 20, crowd: 20_000 },
});

export const usualLimits = limitsFor({ perToken: 100, perAddress: 300 });

type Refusal = { readonly retryAfterSeconds: number };

export type Limits = {
  /** Takes `cost` from a caller's allowance, or says after how many seconds to come back. */
  take(caller: Caller, address: string, cost?: number): Refusal | undefined;
  /** The same for what a crowd asks, wherever from. */
  takeOfCrowd(caller: Caller): Refusal | undefined;
  /** Holds a place for a stream; the answer gives it back. */
  hold(caller: Caller): (() => void) | Refusal;
  /** Lets a caller ask about the past; the answer gives the place back. */
  lookBack(caller: Caller): (() => void) | Refusal;
};

/**
 * What each caller may ask. What a caller asks is counted by all nodes together; what a crowd asks, and the streams that
 * are open, by each for itself, since they are limited by what one process can do.
 */
export function limitsOf(settings: LimitSettings = usualLimits, together = countAlone): Limits {
  const byCredential = rateLimit(settings.credential, { join: together('requests by credential') });
  const byAddress = rateLimit(settings.address, { join: together('requests by address') });
  const ofCrowd = rateLimit(settings.crowd);
  const { past = usualPast } = settings;
  const ofPast = rateLimit(past.credential, { join: together('questions about the past') });
  const streams = new Map<string, number>();
  let looking = 0;
  return {
    take: ({ credential }, address, cost) =>
      credential === undefined ? byAddress.take(address, cost) : byCredential.take(credential, cost),
    takeOfCrowd: ({ credential }) => (credential === undefined ? ofCrowd.take('crowd') : byCredential.take(credential)),
    hold({ credential }) {
      const key = credential ?? 'crowd';
      const open = streams.get(key) ?? 0;
      if (open >= settings.streamsMax[credential === undefined ? 'crowd' : 'credential'])
        return { retryAfterSeconds: 30 };
      streams.set(key, open + 1);
      return () => release(streams, key);
    },
    lookBack({ credential = 'crowd' }) {
      if (looking >= past.atOnceMax) return { retryAfterSeconds: 1 };
      const refused = ofPast.take(credential);
      if (refused) return refused;
      looking += 1;
      return () => {
        looking -= 1;
      };
    },
  };
}

function release(streams: Map<string, number>, key: string): void {
  const left = (streams.get(key) ?? 1) - 1;
  if (left > 0) streams.set(key, left);
  else streams.delete(key);
}
