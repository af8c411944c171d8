import type { Chance } from './chance.ts';
import type { Sending, Stream } from './facts.ts';
import type { Moment } from './scans.ts';

export type Span = {
  readonly warmUpSeconds: number;
  /** How long the load lasts after that. */
  readonly seconds: number;
  /** ms since 1970. */
  readonly startedAt: number;
};

/** The moments of a flow that is even from the first second on, each with an id. */
export function momentsOf(perSecond: number, { warmUpSeconds, seconds, startedAt }: Span, ids: Chance): Moment[] {
  return Array.from({ length: Math.floor(perSecond * (warmUpSeconds + seconds)) }, (_, index) => {
    const at = index / perSecond;
    return { at, id: ids.id(startedAt + at * 1000) };
  });
}

/** A flow of sendings as two streams: while the server is cold, and from then on. */
export function flowOf(name: string, perSecond: number, sendings: readonly Sending[], span: Span): Stream[] {
  const cold = Math.ceil(span.warmUpSeconds * perSecond);
  const { warmUpSeconds: warm } = span;
  const streams: Stream[] = [
    { name: `${name}-cold`, phase: 'warm-up', startSeconds: 0, perSecond, sendings: sendings.slice(0, cold) },
    { name, phase: 'load', startSeconds: cold / perSecond || warm, perSecond, sendings: sendings.slice(cold) },
  ];
  return streams.filter(({ sendings }) => sendings.length > 0);
}
