import type { Actor, EventMeta } from '../../../events/envelope.ts';

/** Before it stand the fair and the actor, which all want to know; PostgreSQL writes short names first. */
const afterActor = ', "digest": ';

type Common = Pick<EventMeta, 'fair' | 'actor'>;

/**
 * The metadata of copied events. Fair and actor are the same in very many, so their text is read once and remembered;
 * the rest is read by whoever asks for it.
 */
export class CopiedMetas {
  readonly #known = new Map<string, Common>();

  /** @param json as PostgreSQL writes a jsonb */
  of(json: string): EventMeta {
    const end = json.indexOf(afterActor);
    if (end === -1) return metaIn(json);
    const text = json.slice(0, end);
    const known = this.#known.get(text) ?? this.#remember(text, json);
    return new LazyMeta(known, json);
  }

  #remember(text: string, json: string): Common {
    const { fair, actor } = metaIn(json);
    const common = { fair, actor };
    if (this.#known.size < commonMax) this.#known.set(text, common);
    return common;
  }
}

/** Devices and tills of a few fairs; visitors act once or twice each, and need not be remembered. */
const commonMax = 20_000;

class LazyMeta implements EventMeta {
  readonly fair: string;
  readonly actor: Actor;
  readonly #json: string;

  constructor({ fair, actor }: Common, json: string) {
    this.fair = fair;
    this.actor = actor;
    this.#json = json;
  }

  get digest(): string {
    return metaIn(this.#json).digest;
  }

  get correlation(): string {
    return metaIn(this.#json).correlation;
  }

  get causation(): string | undefined {
    return metaIn(this.#json).causation;
  }

  get skewSeconds(): number | undefined {
    return metaIn(this.#json).skewSeconds;
  }
}

/** Only `append_events` writes rows, so what stands there is metadata. */
const metaIn: (json: string) => EventMeta = JSON.parse;
