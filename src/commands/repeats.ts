import { type FairEvent, toFairEvent } from '../../events/catalogue.ts';
import type { EventStore } from '../store/event-store.ts';

/** Under what a command stands in the log. */
export type Mark = { readonly eventId: string; readonly digest: string };

/** The body of an answer, made from the recorded fact and those before it in its stream. */
export type AnswerOf<Answer> = (event: FairEvent, earlier: readonly FairEvent[]) => Answer;

export type Told<Answer> =
  /** `repeated` when this very command was in the log before. */
  | { readonly kind: 'recorded'; readonly position: number; readonly answer: Answer; readonly repeated: boolean }
  | { readonly kind: 'refused'; readonly reason: string; readonly details?: Readonly<Record<string, unknown>> }
  /** The id stands in the log with other content or from another caller. */
  | { readonly kind: 'id-already-used' };

/** What a fact that stands under a command's id says to whoever sent the command. */
export function told<Answer>(
  event: FairEvent,
  earlier: readonly FairEvent[],
  { answer, repeated }: { readonly answer: AnswerOf<Answer>; readonly repeated: boolean },
): Told<Answer> {
  if (event.type === 'RequestRefused') return { kind: 'refused', reason: event.data.reason };
  return { kind: 'recorded', position: event.position, answer: answer(event, earlier), repeated };
}

/** @param events of one stream, from its beginning */
export function repeatAmong<Answer>(
  events: readonly FairEvent[],
  { eventId, digest }: Mark,
  answer: AnswerOf<Answer>,
): Told<Answer> | undefined {
  const index = events.findIndex(({ id }) => id === eventId);
  const event = events[index];
  if (!event) return undefined;
  if (event.meta.digest !== digest) return { kind: 'id-already-used' };
  return told(event, events.slice(0, index), { answer, repeated: true });
}

/** @throws where the decider named an event that is not in its stream: a broken invariant. */
export function answeredBefore<Answer>(
  eventId: string,
  events: readonly FairEvent[],
  answer: AnswerOf<Answer>,
): Told<Answer> {
  const event = events.find(({ id }) => id === eventId);
  const answered = event && repeatAmong(events, { eventId, digest: event.meta.digest }, answer);
  if (!answered) throw new Error(`event ${eventId} is not in the stream it was to answer for`);
  return answered;
}

/** The id is in the log, perhaps in another stream, written meanwhile by another delivery. */
export async function repeatElsewhere<Answer>(
  store: EventStore,
  found: { stream: string; position: number; digest: string },
  mine: Mark,
  answer: AnswerOf<Answer>,
): Promise<Told<Answer>> {
  if (found.digest !== mine.digest) return { kind: 'id-already-used' };
  const [events = []] = await store.load([{ stream: found.stream, afterVersion: 0 }]);
  const answered = repeatAmong(events.map(toFairEvent), mine, answer);
  if (!answered) throw new Error(`position ${found.position} was answered by the store and is not there`);
  return answered;
}
