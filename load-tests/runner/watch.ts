import { setTimeout as sleep } from 'node:timers/promises';

type Place = {
  readonly origin: string;
  readonly fair: string;
  /** A viewer’s; the public has none. */
  readonly token?: string;
};

const retryMs = 500;
/** The platform sends a heartbeat every 15 s; whoever hears nothing for longer has lost it. */
const silenceMs = 20_000;

/** A live page that somebody leaves open; it comes back whenever the connection breaks, as browsers do. */
export class LivePage {
  readonly audience: 'board' | 'public';
  /** When each frame of figures came, in ms since 1970. */
  readonly frames: number[] = [];
  /** When the connection broke, and how long until it had figures again. */
  readonly breaks: { readonly at: number; readonly ms: number }[] = [];
  readonly #place: Place;
  readonly #signal: AbortSignal;
  #latest = '';
  #brokeAt: number | undefined;

  /** @param signal closes the page */
  constructor(place: Place, signal: AbortSignal) {
    this.audience = place.token === undefined ? 'public' : 'board';
    this.#place = place;
    this.#signal = signal;
    void this.#stay();
  }

  /** The last document that it was sent; undefined before the first. */
  get latest(): unknown {
    if (this.#latest === '') return undefined;
    const document: unknown = JSON.parse(this.#latest);
    return document;
  }

  async #stay(): Promise<void> {
    while (!this.#signal.aborted) {
      await this.#follow().catch(() => {});
      if (this.#signal.aborted) return;
      this.#brokeAt ??= Date.now();
      await sleep(retryMs, undefined, { signal: this.#signal }).catch(() => {});
    }
  }

  /** Reads until the connection breaks, or there is nothing to read for too long. */
  async #follow(): Promise<void> {
    const silence = new AbortController();
    const watchdog = setTimeout(() => silence.abort(), silenceMs);
    try {
      const { origin, fair, token } = this.#place;
      const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const signal = AbortSignal.any([this.#signal, silence.signal]);
      const response = await fetch(`${origin}/api/fairs/${fair}/live`, { headers, signal });
      if (response.ok && response.body) await this.#read(response.body, () => watchdog.refresh());
    } finally {
      clearTimeout(watchdog);
    }
  }

  async #read(stream: ReadableStream<Uint8Array<ArrayBuffer>>, onSomething: () => void): Promise<void> {
    let text = '';
    for await (const part of stream.pipeThrough(new TextDecoderStream())) {
      onSomething();
      const events = `${text}${part}`.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) if (event.startsWith('event: figures')) this.#saw(event);
    }
  }

  #saw(event: string): void {
    const now = Date.now();
    if (this.#brokeAt !== undefined) this.breaks.push({ at: this.#brokeAt, ms: now - this.#brokeAt });
    this.#brokeAt = undefined;
    this.frames.push(now);
    this.#latest = event.slice(event.indexOf('data: ') + 'data: '.length);
  }
}
