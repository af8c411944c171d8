import { isMoment } from '../../events/fields.ts';
import { type DataOf, type EventType, type FairEvent, newEvent, toFairEvent } from '../../events/catalogue.ts';
import type { Actor, NewEvent } from '../../events/envelope.ts';
import type { FairState, OpenFair } from '../domain/fair.ts';
import { keepRefusal } from '../domain/refusal.ts';
import { fastSecondsMax, liesAhead } from '../domain/skew.ts';
import { wrong, type WrongField } from '../domain/wrong-field.ts';
import type { AppendResult, EventStore } from '../store/event-store.ts';
import type { Beginnings } from './beginnings.ts';
import { digestOf } from './digest.ts';
import type { FairCache, KnownFair } from './fair-cache.ts';
import { deriveId, fairStream } from './ids.ts';
import { type AnswerOf, answeredBefore, type Mark, repeatAmong, repeatElsewhere, told, type Told } from './repeats.ts';

/** Who asks, for which fair, and when the platform learnt of it. */
export type CommandContext = {
  readonly fair: string;
  readonly actor: Actor;
  /** The request or run this belongs to. */
  readonly correlation: string;
  /** Milliseconds since 1970, from the server's clock. */
  readonly now: number;
  /** The event a reaction follows. */
  readonly causation?: string;
  /** Where many commands came at once: waits until the earlier ones of the same stream have been decided. */
  readonly turn?: (stream: string) => Promise<void>;
};

export type CommandPorts = {
  readonly store: EventStore;
  readonly fairs: FairCache;
  readonly beginnings: Beginnings;
};

/** What a decider says: one fact, or one of the ways in which nothing changes. */
export type Decision<Refusal extends string = string> =
  | { readonly [Type in EventType]: { readonly type: Type; readonly data: DataOf<Type> } }[EventType]
  | NoFact<Refusal>;

/** Fields of the answer beside the reason: which chunks are missing. */
type Details = Readonly<Record<string, unknown>>;

type NoFact<Refusal extends string = string> =
  /** A no with its reason, from a closed list, and perhaps what the reason is about. */
  | { readonly refused: Refusal; readonly details?: Details }
  /** Fields that this fair cannot take: a gate it does not have. */
  | { readonly wrong: readonly WrongField[] }
  /** What the command is about is not there, or is not what the caller has read. */
  | { readonly missed: 'not-found' | 'stale-revision' }
  /** An event of the command's own stream, by its id, says this already. */
  | { readonly answeredBy: string }
  /** So much was written already that this has to wait. */
  | { readonly retryAfterSeconds: number };

export type Command<State, Answer> = {
  /** The kind of thing the client's id names; part of the event's id. */
  readonly kind: string;
  readonly id: string;
  readonly stream: string;
  /** All that the client said, path included, `sentAt` left out of the comparison. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly occurredAt: number;
  readonly skewSeconds?: number;
  readonly initial: State;
  readonly evolve: (state: State, event: FairEvent) => State;
  readonly decide: (state: State, fair: OpenFair) => Decision;
  /**
   * Where the id names something that is there anyway (a booth, an upload, a scan to be accepted) and not the request:
   * there is no other id to ask with, so a no is decided anew each time. Every other no is kept, and stands.
   */
  readonly refusals?: 'decided-anew';
  /** Whether its fact mostly is the first one in the stream, so that it may be decided before that is loaded. */
  readonly begins?: boolean;
  /** What to decide where there is no such fair; without it the answer is `not-found`. */
  readonly decideWithoutFair?: () => Decision;
  /** The body of the answer, made from the recorded fact and those before it in its stream: a repeat gets the same. */
  readonly answer: AnswerOf<Answer>;
};

export type Handled<Answer> =
  | Told<Answer>
  /** Fields of the body that this fair cannot take. */
  | { readonly kind: 'wrong'; readonly fields: readonly WrongField[] }
  | { readonly kind: 'not-found' }
  /** The change was based on a revision that is no longer the latest. */
  | { readonly kind: 'stale-revision' }
  /** The caller has asked too often for what is not there. */
  | { readonly kind: 'too-many-requests'; readonly retryAfterSeconds: number }
  /** Lost a race too often; a retry may win. */
  | { readonly kind: 'race' };

const attemptsMax = 8;

/**
 * Loads, decides and appends; every delivery of the same command gets the answer of the first.
 * @throws StoreFull, and whatever the store throws when the database is away.
 */
export async function run<State, Answer>(
  ports: CommandPorts,
  context: CommandContext,
  command: Command<State, Answer>,
): Promise<Handled<Answer>> {
  const mark = {
    eventId: deriveId(context.fair, command.kind, command.id),
    digest: digestOf(context.actor, command.kind, command.content),
  };
  if (context.turn) await context.turn(command.stream);

  const begun = command.begins ? await begin(ports, context, command, mark) : undefined;
  if (begun) return begun;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const { fair, events } = await ports.fairs.loadWith(ports.store, context.fair, command.stream);
    if (attempt === 0 && command.begins) ports.beginnings.learn(command.kind, command.stream, events.length === 0);
    const recorded = repeatAmong(events, mark, command.answer);
    if (recorded) return recorded;

    const decision = decide(command, context, fair.state, events);
    if ('answeredBy' in decision) return answeredBefore(decision.answeredBy, events, command.answer);
    const fact = factOf(decision, command);
    if (!('type' in fact)) return withoutFact(fact);
    if (fact.type === 'RequestRefused') {
      const retryAfterSeconds = restAfterRefusals(events, context.now);
      if (retryAfterSeconds > 0) return { kind: 'too-many-requests', retryAfterSeconds };
    }

    const event = toNewEvent(fact, context, command, mark);
    const result = await appendOne(ports.store, { event, stream: command.stream, fair, earlier: events });
    if (result.outcome === 'appended') return answered(event, command, { ...result, earlier: events });
    if (result.outcome === 'duplicate') return repeatElsewhere(ports.store, result, mark, command.answer);
  }
  return { kind: 'race' };
}

/**
 * Decides as if nothing stood in the stream and the fair were as it was last seen; the append tells whether that was
 * so (docs/decisions/0032-a-fact-that-begins-its-stream.md).
 * @returns undefined where it was not, or nothing was to be appended: then nothing has happened
 */
async function begin<State, Answer>(
  { store, fairs, beginnings }: CommandPorts,
  context: CommandContext,
  command: Command<State, Answer>,
  mark: Mark,
): Promise<Handled<Answer> | undefined> {
  const fair = fairs.lastSeen(context.fair);
  if (!fair || !beginnings.isLikely(command.kind, command.stream)) return undefined;
  const fact = factOf(decide(command, context, fair.state, []), command);
  if (!('type' in fact)) return undefined;
  const event = toNewEvent(fact, context, command, mark);
  const result = await appendOne(store, { event, stream: command.stream, fair, earlier: [] });
  if (result.outcome !== 'appended') return undefined;
  beginnings.learn(command.kind, command.stream, true);
  return answered(event, command, { ...result, earlier: [] });
}

/**
 * The answer that a command got before, where a former try wrote it to a stream in which `run` would not look now.
 * @returns undefined where it is not there
 */
export async function answerIn<Answer>(
  ports: CommandPorts,
  { fair, actor }: CommandContext,
  {
    kind,
    id,
    stream,
    content,
    answer,
  }: Pick<Command<unknown, Answer>, 'kind' | 'id' | 'stream' | 'content' | 'answer'>,
): Promise<Handled<Answer> | undefined> {
  const { events } = await ports.fairs.loadWith(ports.store, fair, stream);
  return repeatAmong(events, { eventId: deriveId(fair, kind, id), digest: digestOf(actor, kind, content) }, answer);
}

/** The decision, unless the time it is about is none, or has not come yet: then there is nothing to decide. */
export function decide<State, Answer>(
  command: Command<State, Answer>,
  context: CommandContext,
  fair: FairState,
  events: readonly FairEvent[],
): Decision {
  if (!isMoment(command.occurredAt)) {
    return wrong('occurredAt', 'must lie in the years 1970 to 9999, corrected by sentAt too');
  }
  if (liesAhead(command.occurredAt, context.now)) {
    return wrong('occurredAt', `must not lie more than ${fastSecondsMax} s ahead of the server's time`);
  }
  if (fair.status === 'unknown') return command.decideWithoutFair?.() ?? { missed: 'not-found' };
  return command.decide(events.reduce(command.evolve, command.initial), fair);
}

/**
 * What goes into the log: a no, too. One that says what is missing is no last word: the same request is made again when
 * that is there.
 */
function factOf<State, Answer>(decision: Decision, { kind, id, refusals }: Command<State, Answer>): Decision {
  if (!('refused' in decision) || refusals === 'decided-anew' || decision.details !== undefined) return decision;
  return keepRefusal({ kind, id, reason: decision.refused });
}

/** Everybody who loads a stream loads its refusals too: a script that asks in vain without end is stopped here. */
const refusalsPerDayMax = 100;
const dayMs = 86_400_000;

/** Seconds until this stream keeps another refusal; 0 for now. */
function restAfterRefusals(events: readonly FairEvent[], now: number): number {
  const last = events.filter(({ type }) => type === 'RequestRefused').at(-refusalsPerDayMax);
  return last && last.recordedAt + dayMs > now ? Math.max(1, Math.ceil((last.recordedAt + dayMs - now) / 1000)) : 0;
}

/** The answer where nothing was recorded; only `run` can give the one of an earlier fact. */
function withoutFact(decision: NoFact): Handled<never> {
  if ('answeredBy' in decision) throw new Error(`event ${decision.answeredBy} should have answered`);
  if ('retryAfterSeconds' in decision) return { kind: 'too-many-requests', ...decision };
  if ('refused' in decision) {
    const { refused: reason, details } = decision;
    return { kind: 'refused', reason, ...(details === undefined ? {} : { details }) };
  }
  if ('wrong' in decision) return { kind: 'wrong', fields: decision.wrong };
  return { kind: decision.missed };
}

/** Appends what was decided on a fair and on all that stood in a stream, unless either has changed meanwhile. */
async function appendOne(
  store: EventStore,
  { event, stream, fair, earlier }: Decided,
): Promise<Exclude<AppendResult, { outcome: 'failed' }>> {
  const ofFair = fairStream(event.meta.fair);
  const condition = stream === ofFair ? undefined : { stream: ofFair, version: fair.version };
  const [result] = await store.append([
    { stream, expectedVersion: earlier.length, event, ...(condition === undefined ? {} : { condition }) },
  ]);
  if (!result) throw new Error('the store answered no item');
  if (result.outcome === 'failed') throw result.error;
  return result;
}

type Decided = {
  readonly event: NewEvent;
  readonly stream: string;
  readonly fair: KnownFair;
  readonly earlier: readonly FairEvent[];
};

function toNewEvent<State, Answer>(
  decision: Exclude<Decision, NoFact>,
  context: CommandContext,
  command: Command<State, Answer>,
  { eventId, digest }: Mark,
): NewEvent {
  const { fair, actor, correlation, causation } = context;
  return newEvent(decision.type, decision.data, {
    id: eventId,
    occurredAt: command.occurredAt,
    meta: {
      fair,
      actor,
      digest,
      correlation,
      ...(causation === undefined ? {} : { causation }),
      ...(command.skewSeconds ? { skewSeconds: command.skewSeconds } : {}),
    },
  });
}

function answered<State, Answer>(
  event: NewEvent,
  command: Command<State, Answer>,
  result: { position: number; version: number; recordedAt: number; earlier: readonly FairEvent[] },
): Handled<Answer> {
  const stored = {
    ...event,
    stream: command.stream,
    position: result.position,
    version: result.version,
    recordedAt: result.recordedAt,
  };
  return told(toFairEvent(stored), result.earlier, { answer: command.answer, repeated: false });
}
