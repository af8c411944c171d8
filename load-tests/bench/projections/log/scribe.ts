import { hash } from 'node:crypto';
import { type DataOf, type EventType, newEvent } from '../../../../events/catalogue.ts';
import type { Actor } from '../../../../events/envelope.ts';
import { deriveId } from '../../../../src/commands/ids.ts';
import type { AppendItem } from '../../../../src/store/event-store.ts';

/** An event as it goes into the log, in log order. */
export type LogItem = AppendItem & {
  /** ms since 1970, never below that of the item before. */
  readonly recordedAt: number;
};

export type About = {
  /** What the client's id names, and that id: the event's own follows from both, as in a command. */
  readonly kind: string;
  readonly id: string;
  readonly stream: string;
  /** Of the stream before this event. */
  readonly after: number;
  readonly actor: Actor;
  readonly occurredAt: number;
  readonly recordedAt: number;
};

/** Writes events down as a command does once it has decided. The digest is as long as a real one, and of the id alone. */
export class Scribe {
  readonly fair: string;

  constructor(fair: string) {
    this.fair = fair;
  }

  /** @throws ZodError for data that no command could have written */
  write<Type extends EventType>(type: Type, data: DataOf<Type>, about: About): LogItem {
    const { kind, id, stream, after, actor, occurredAt, recordedAt } = about;
    const meta = { fair: this.fair, actor, digest: hash('sha256', id, 'base64url'), correlation: id };
    const event = newEvent(type, data, { id: deriveId(this.fair, kind, id), occurredAt, meta });
    return { stream, expectedVersion: after, event, recordedAt };
  }
}
