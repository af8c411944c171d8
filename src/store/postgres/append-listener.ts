import type { Client } from 'pg';
import { openClient } from '../../database/connect.ts';

export type AppendListenerOptions = {
  /** Asks where the log ends. */
  readonly head: () => Promise<number>;
  /** How often to ask. */
  readonly pollSeconds: number;
  /** The connection broke: whoever answers next may be another server. */
  readonly onBroken: () => void;
};

/**
 * Tells this process that the log has grown, whoever wrote: by NOTIFY over one connection, which is opened with the
 * first listener and again whenever it breaks, and by looking now and then, for what a broken one did not say. Without an
 * address to listen at it tells of what this process itself has appended, and of nothing else.
 */
export class AppendListener {
  readonly #url: string | undefined;
  readonly #head: () => Promise<number>;
  readonly #pollSeconds: number;
  readonly #onBroken: () => void;
  readonly #listeners = new Set<() => void>();
  #toldOf = 0;
  #client: Client | undefined;
  #isOpening = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string | undefined, { head, pollSeconds, onBroken }: AppendListenerOptions) {
    this.#url = url;
    this.#head = head;
    this.#pollSeconds = pollSeconds;
    this.#onBroken = onBroken;
  }

  /** The last position that listeners were told of. */
  get toldOf(): number {
    return this.#toldOf;
  }

  add(listener: () => void): () => void {
    const own = () => listener();
    this.#listeners.add(own);
    if (this.#url !== undefined && !this.#timer) this.#start(this.#url);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** The log reaches up to `position`, and possibly further. */
  tell(position: number): void {
    if (position <= this.#toldOf) return;
    this.#toldOf = position;
    for (const listener of this.#listeners) listener();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#listeners.clear();
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(ignore);
  }

  #start(url: string): void {
    this.#timer = setInterval(() => this.#look(url), this.#pollSeconds * 1000).unref();
    this.#look(url);
  }

  /** A failure is not reported: whoever appends or reads meets it, and the next look comes soon. */
  #look(url: string): void {
    if (!this.#client) this.#open(url).catch(ignore);
    this.#head().then((position) => this.tell(position), ignore);
  }

  async #open(url: string): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    try {
      const client = await openClient(url, 'hoi-sach log listener');
      const forget = () => {
        if (this.#client === client) this.#client = undefined;
        this.#onBroken();
      };
      client.on('error', forget);
      client.on('end', forget);
      client.on('notification', ({ payload }) => this.tell(Number(payload)));
      await client.query('listen log');
      this.#client = client;
    } finally {
      this.#isOpening = false;
    }
  }
}

const ignore = (): void => {};
