import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type AppendResult, type StreamAt, StoreUnreachable } from '../event-store.ts';
import { patiently } from '../postgres/patience.ts';
import type { Storable } from '../storable.ts';
import { bytesOf, appendBytesMax, toEventData } from './envelope.ts';
import { failureKind } from './failure.ts';
import type { KurrentConnection } from './connection.ts';
import type { Follower, Passed } from './follower.ts';
import type { Claim, Register, Reserved } from './register.ts';

export type AppendParts = {
  readonly connection: Pick<KurrentConnection, 'append' | 'load'>;
  readonly follower: Pick<Follower, 'await'>;
  readonly register: Pick<Register, 'takeOver' | 'release'>;
  /** Reserves together with what other calls ask for. */
  readonly reserve: (claims: readonly Claim[]) => Promise<(Reserved | undefined)[]>;
  /** Milliseconds since 1970; the database's clock where there is none. */
  readonly clock: (() => number) | undefined;
  readonly patienceSeconds: number;
};

/** An item that this call may write. */
type Mine = {
  readonly item: Storable;
  readonly proposedAt: number;
  /** False where another call may have written it, or is about to. */
  readonly isFresh: boolean;
  readonly passed: Promise<Passed>;
};

/**
 * Appends the items of one call, one after another, and answers once each of them has come by in the log: only there is
 * to be seen which of several calls has written an id, and when.
 * @throws StoreUnreachable
 */
export async function appendCall(parts: AppendParts, items: readonly Storable[]): Promise<AppendResult[]> {
  const results: AppendResult[] = [];
  for (const part of independent(items)) results.push(...(await new Part(parts).append(part)));
  return results;
}

/** Cuts before an item whose id came before, or a stream on which its condition's answer rests: what became of that decides. */
function independent(items: readonly Storable[]): Storable[][] {
  const parts: Storable[][] = [];
  let before = new Set<string>();
  for (const item of items) {
    const { stream, event, condition } = item;
    const isJudged = condition && (before.has(condition.stream) || before.has(stream));
    if (parts.length === 0 || before.has(event.id) || isJudged) {
      parts.push([]);
      before = new Set();
    }
    before.add(event.id).add(stream);
    parts.at(-1)?.push(item);
  }
  return parts;
}

class Part {
  readonly #parts: AppendParts;
  readonly #attempt = randomUUID();
  readonly #forget: (() => void)[] = [];
  readonly #results = new Map<Storable, AppendResult | Promise<AppendResult>>();
  readonly #toRelease: string[] = [];

  constructor(parts: AppendParts) {
    this.#parts = parts;
  }

  async append(items: readonly Storable[]): Promise<AppendResult[]> {
    try {
      const mine = await this.#whoseConditionHolds(await this.#claimAll(items));
      for (const run of runsOf(mine)) await this.#appendRun(run);
      if (this.#toRelease.length > 0) await this.#parts.register.release(this.#toRelease);
      return await Promise.all(items.map((item) => this.#resultOf(item)));
    } finally {
      for (const forget of this.#forget) forget();
    }
  }

  async #resultOf(item: Storable): Promise<AppendResult> {
    return (await this.#results.get(item)) ?? { outcome: 'failed', error: new Error('an item went without an answer') };
  }

  async #claimAll(items: readonly Storable[]): Promise<Mine[]> {
    const awaited = items.map(({ event }) => this.#parts.follower.await(event.id));
    this.#forget.push(...awaited.map(({ forget }) => forget));
    const reserved = await this.#parts.reserve(items.map(claimOf));
    const claimed = await Promise.all(
      items.map((item, at) => this.#claim(item, reserved[at], awaited[at]?.passed ?? new Promise(() => {}))),
    );
    return claimed.filter((mine) => mine !== undefined);
  }

  /** Whoever reserved the id before is given the time to write it, or to free it. */
  async #claim(item: Storable, first: Reserved | undefined, passed: Promise<Passed>): Promise<Mine | undefined> {
    const claim = claimOf(item);
    const until = performance.now() + this.#parts.patienceSeconds * 1000;
    let lookMs = lookMsMin;
    for (let reserved = first; ; [reserved] = await this.#parts.reserve([claim])) {
      if (reserved && 'proposedAt' in reserved) return this.#mine(item, passed, { ...reserved, isFresh: true });
      if (reserved?.place) {
        this.#results.set(item, duplicateOf(reserved.place));
        return undefined;
      }
      const taken = reserved?.isStale ? await this.#parts.register.takeOver(claim) : undefined;
      if (taken) return this.#mine(item, passed, { ...taken, isFresh: false });
      if (performance.now() > until) return this.#giveUp(item, reserved?.claim ?? claim);
      const found = await Promise.race([passed, delay(lookMs)]);
      lookMs = Math.min(2 * lookMs, lookMsMax);
      if (found) {
        this.#results.set(item, duplicateOf(found));
        return undefined;
      }
    }
  }

  /** The same content may be on its way; another one may not be written, now or later. */
  #giveUp(item: Storable, had: Claim): undefined {
    const claim = claimOf(item);
    if (had.stream === claim.stream && had.digest === claim.digest)
      throw new StoreUnreachable(1, new IdReserved(claim));
    this.#results.set(item, { outcome: 'failed', error: new IdReserved(claim) });
  }

  #mine(item: Storable, passed: Promise<Passed>, { proposedAt, isFresh }: Pick<Mine, 'proposedAt' | 'isFresh'>): Mine {
    return { item, passed, isFresh, proposedAt: this.#parts.clock?.() ?? proposedAt };
  }

  /** KurrentDB asks for the version of no other stream as it appends: that is looked at right before. */
  async #whoseConditionHolds(claimed: readonly Mine[]): Promise<Mine[]> {
    const answers = await Promise.all(claimed.map(({ item }) => this.#isAt(item.condition)));
    const failed = claimed.filter((_, at) => !answers[at]);
    await Promise.all(failed.map((mine) => this.#conflict(mine)));
    return claimed.filter((_, at) => answers[at]);
  }

  async #isAt(condition: StreamAt | undefined): Promise<boolean> {
    if (!condition) return true;
    const { stream, version } = condition;
    const { connection, patienceSeconds } = this.#parts;
    const last = { afterVersion: Math.max(0, version - 1), limit: 2 };
    const events = await patiently(patienceSeconds, () => connection.load(stream, last), isAway);
    return events.length === Math.min(version, 1);
  }

  async #conflict(mine: Mine): Promise<void> {
    const there = await this.#idsIn(mine.item.stream);
    if (there.has(mine.item.event.id)) this.#awaitAll([mine]);
    else this.#free(mine, { outcome: 'conflict', currentVersion: there.size });
  }

  /** @param run items of one stream whose versions follow from each other */
  async #appendRun(run: readonly Mine[]): Promise<void> {
    let rest = run;
    for (let [first] = rest; first; [first] = rest) {
      const { stream, expectedVersion } = first.item;
      let isUncertain = rest.some(({ isFresh }) => !isFresh);
      const events = rest.map(({ item, proposedAt }) => toEventData(item, { proposedAt, attempt: this.#attempt }));
      const answer = await patiently(
        this.#parts.patienceSeconds,
        ({ isRepeated }) => {
          isUncertain ||= isRepeated;
          return this.#parts.connection.append({ stream, expectedVersion, events });
        },
        isAway,
      ).catch(refusal);
      if (answer === 'written') return this.#awaitAll(rest);
      if (answer instanceof Error) return this.#refuse(rest, answer);
      const there = isUncertain ? await this.#idsIn(stream) : new Set<string>();
      rest = this.#sortOut(rest, { ...answer, there });
    }
  }

  /** After a lost race: what is there already is a duplicate, what does not fit conflicts. @returns what fits now */
  #sortOut(
    run: readonly Mine[],
    { currentVersion, there }: { readonly currentVersion: number; readonly there: ReadonlySet<string> },
  ): readonly Mine[] {
    const rest: Mine[] = [];
    for (const mine of run) {
      const { event, expectedVersion } = mine.item;
      if (there.has(event.id)) this.#awaitAll([mine]);
      else if (expectedVersion === currentVersion + rest.length) rest.push(mine);
      else this.#free(mine, { outcome: 'conflict', currentVersion: currentVersion + rest.length });
    }
    return rest;
  }

  /** One item that the server does not take keeps its neighbours from nothing. */
  async #refuse(run: readonly Mine[], error: Error): Promise<void> {
    const [only] = run;
    if (only && run.length === 1) return this.#free(only, { outcome: 'failed', error });
    for (const mine of run) await this.#appendRun([mine]);
  }

  async #idsIn(stream: string): Promise<ReadonlySet<string>> {
    const { connection, patienceSeconds } = this.#parts;
    const events = await patiently(patienceSeconds, () => connection.load(stream, { afterVersion: 0 }), isAway);
    return new Set(events.map(({ id }) => id));
  }

  #free({ item, isFresh }: Mine, result: AppendResult): void {
    this.#results.set(item, result);
    if (isFresh) this.#toRelease.push(item.event.id);
  }

  #awaitAll(written: readonly Mine[]): void {
    for (const { item, passed } of written) {
      const outcome = this.#outcomeOf(passed);
      // Whoever asks for the results hears of it; until then nobody listens.
      outcome.catch(() => {});
      this.#results.set(item, outcome);
    }
  }

  async #outcomeOf(awaited: Promise<Passed>): Promise<AppendResult> {
    const stopping = new AbortController();
    const late = delay(this.#parts.patienceSeconds * 1000, undefined, { signal: stopping.signal }).catch(
      () => undefined,
    );
    const passed = await Promise.race([awaited, late]);
    stopping.abort();
    if (!passed) throw new StoreUnreachable(1, new Error('what was written does not come by in the log'));
    const { attempt, position, version, recordedAt } = passed;
    return attempt === this.#attempt ? { outcome: 'appended', position, version, recordedAt } : duplicateOf(passed);
  }
}

/** The id belongs to another content, which was on its way and did not arrive. */
class IdReserved extends Error {
  constructor({ id, stream }: Claim) {
    super(`the id ${id} was reserved with another content, which has not arrived; it was not written to ${stream}`);
    this.name = 'IdReserved';
  }
}

/** Items of one stream that stand side by side and build on each other go together, few enough for one append. */
function runsOf(claimed: readonly Mine[]): Mine[][] {
  const runs: Mine[][] = [];
  let bytes = 0;
  for (const mine of claimed) {
    const run = runs.at(-1);
    const before = run?.at(-1)?.item;
    bytes += bytesOf(mine.item);
    const follows =
      before?.stream === mine.item.stream &&
      before.expectedVersion + 1 === mine.item.expectedVersion &&
      bytes <= appendBytesMax;
    if (run && follows && run.length < runMax) {
      run.push(mine);
    } else {
      runs.push([mine]);
      bytes = bytesOf(mine.item);
    }
  }
  return runs;
}

const claimOf = ({ stream, event }: Storable): Claim => ({ id: event.id, stream, digest: event.meta.digest });

const duplicateOf = ({ stream, version, position, recordedAt, digest }: Omit<Passed, 'attempt'>): AppendResult => ({
  outcome: 'duplicate',
  stream,
  version,
  position,
  recordedAt,
  digest,
});

const isAway = (error: unknown): boolean => failureKind(error) === 'away';

/** What the server says no to is an answer about the items; that it cannot be asked is none. */
function refusal(error: unknown): Error {
  if (error instanceof Error && !(error instanceof StoreUnreachable)) return error;
  throw error;
}

/** The client's writes wait for nothing up to 16 messages, one of them the header. */
const runMax = 10;
/** Milliseconds. */
const lookMsMin = 50;
const lookMsMax = 1000;
