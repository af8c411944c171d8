/** A server-sent event, encoded once for all who read it; each stands for everything there is to know by then. */
export type Frame = Uint8Array<ArrayBuffer>;

type Source = {
  /** Calls back with each frame, the first one as soon as there is one. @returns the way to stop */
  readonly subscribe: (send: (frame: Frame) => void) => () => void;
  /** Sent when nothing else was for so long, so that silence means a lost connection. */
  readonly heartbeat: Frame;
  readonly heartbeatSeconds: number;
  /** Asks again and again, however much is sent, whether the reader may still see this; without it anybody may. */
  readonly permission?: { readonly isStillAllowed: () => Promise<boolean>; readonly everySeconds: number } | undefined;
  /** Ends all streams when the node stops. */
  readonly until: AbortSignal;
  /** Called once, however the stream ended. */
  readonly onEnd: () => void;
};

const encoder = new TextEncoder();

/** @param event.id what a browser that comes back says it has seen; without one the last stays */
export const eventFrame = ({ event, id, data }: { event: string; id?: number; data: string }): Frame =>
  encoder.encode(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`);

/** A browser whose connection broke comes back after this long. */
const retry = encoder.encode('retry: 2000\n\n');

/**
 * A stream of server-sent events (HTML standard, §9.2). Whoever reads slower than frames come gets the latest one and
 * misses those between, so that a slow network holds nothing back.
 */
export function eventStream(source: Source): Response {
  const reader = new Reader(source);
  const body = new ReadableStream<Frame>({
    start: (controller) => reader.start(controller),
    pull: () => reader.drained(),
    cancel: () => reader.end(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

class Reader {
  readonly #source: Source;
  #controller: ReadableStreamDefaultController<Frame> | undefined;
  #latest: Frame | undefined;
  #silence: NodeJS.Timeout | undefined;
  #nextAsking: NodeJS.Timeout | undefined;
  #unsubscribe: () => void = () => {};

  constructor(source: Source) {
    this.#source = source;
  }

  start(controller: ReadableStreamDefaultController<Frame>): void {
    this.#controller = controller;
    controller.enqueue(retry);
    this.#source.until.addEventListener('abort', this.#close, { once: true });
    this.#unsubscribe = this.#source.subscribe((frame) => this.#send(frame));
    this.#listenToSilence();
    this.#askLater();
    if (this.#source.until.aborted) this.#close();
  }

  /** The network has taken what it was given; what came last meanwhile goes next. */
  drained(): void {
    const latest = this.#latest;
    this.#latest = undefined;
    if (latest) this.#enqueue(latest);
  }

  end(): void {
    if (!this.#controller) return;
    this.#controller = undefined;
    clearTimeout(this.#silence);
    clearTimeout(this.#nextAsking);
    this.#source.until.removeEventListener('abort', this.#close);
    this.#unsubscribe();
    this.#source.onEnd();
  }

  readonly #close = (): void => {
    const controller = this.#controller;
    this.end();
    controller?.close();
  };

  #send(frame: Frame): void {
    if ((this.#controller?.desiredSize ?? 0) > 0) this.#enqueue(frame);
    else this.#latest = frame;
  }

  #enqueue(frame: Frame): void {
    this.#controller?.enqueue(frame);
    this.#listenToSilence();
  }

  #listenToSilence(): void {
    clearTimeout(this.#silence);
    if (!this.#controller) return;
    this.#silence = setTimeout(() => this.#beat(), this.#source.heartbeatSeconds * 1000);
  }

  #beat(): void {
    if (this.#latest) this.#listenToSilence();
    else this.#send(this.#source.heartbeat);
  }

  #askLater(): void {
    const { permission } = this.#source;
    if (!permission || !this.#controller) return;
    this.#nextAsking = setTimeout(() => void this.#ask(permission), permission.everySeconds * 1000);
  }

  async #ask({ isStillAllowed }: NonNullable<Source['permission']>): Promise<void> {
    // A database that is away says nothing about the reader.
    const allowed = await isStillAllowed().catch(() => true);
    if (allowed) this.#askLater();
    else this.#close();
  }
}
