import type { FairEvent } from '../../events/catalogue.ts';
import type { OpenFair } from '../domain/fair.ts';
import type { Command, CommandContext, Decision } from './command.ts';
import { fairStream } from './ids.ts';
import { occurrenceOf, type ToldTimes } from './occurrence.ts';

type About<Answer> = {
  readonly kind: string;
  readonly id: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** When it happened; now, where it says nothing. */
  readonly times?: ToldTimes;
  readonly decide: (fair: OpenFair, occurredAt: number) => Decision;
  readonly answer: (event: FairEvent) => Answer;
};

/** A command about the fair itself: its own stream, whose state every command is given anyway. */
export function fairCommand<Answer>(context: CommandContext, about: About<Answer>): Command<undefined, Answer> {
  const { kind, id, content, times = {}, answer } = about;
  const occurrence = occurrenceOf(times, context);
  return {
    kind,
    id,
    answer,
    stream: fairStream(context.fair),
    content: { ...content, occurredAt: times.occurredAt },
    ...occurrence,
    initial: undefined,
    evolve: () => undefined,
    decide: (_, fair) => about.decide(fair, occurrence.occurredAt),
  };
}
