import type { Client } from 'pg';
import { definition } from '../../projections/definition.ts';
import { openClient } from '../database/connect.ts';

/** Figures moved on to a position; `fairs` are those with new facts, null when anything may have changed. */
export type FiguresChange = { readonly position: number; readonly fairs: readonly string[] | null };

/** Another version of the program moves other figures on, and tells of them elsewhere. */
export const figuresChannel = `figures_${definition}`;

/** A NOTIFY payload holds less than 8000 bytes; more fairs than this are told as “anything may have changed”. */
const fairsMax = 150;

export const changePayload = ({ position, fairs }: FiguresChange): string =>
  JSON.stringify({ position, fairs: fairs !== null && fairs.length <= fairsMax ? fairs : null });

/**
 * Tells this process of every change of the figures, whichever node made it, over one connection that is opened again
 * whenever it breaks. What was missed meanwhile is told as “anything may have changed”.
 */
export class FiguresChanges {
  readonly #url: string;
  readonly #retrySeconds: number;
  readonly #listeners = new Set<(change: FiguresChange) => void>();
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @param url of the application's role, past any pooler that keeps no session */
  constructor(url: string, { retrySeconds = 1 }: { readonly retrySeconds?: number } = {}) {
    this.#url = url;
    this.#retrySeconds = retrySeconds;
  }

  /** @returns the way to stop */
  subscribe(listener: (change: FiguresChange) => void): () => void {
    const own = (change: FiguresChange) => listener(change);
    this.#listeners.add(own);
    if (this.#listeners.size === 1) void this.#connect();
    return () => {
      this.#listeners.delete(own);
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#listeners.clear();
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }

  async #connect(): Promise<void> {
    if (this.#client || this.#isClosed) return;
    try {
      const client = await openClient(this.#url, 'hoi-sach figures listener');
      const reconnect = () => this.#lost(client);
      client.on('error', reconnect);
      client.on('end', reconnect);
      client.on('notification', ({ payload }) => this.#tell(readPayload(payload ?? '')));
      this.#client = client;
      if (this.#isClosed) return await client.end();
      await client.query(`listen ${figuresChannel}`);
      this.#tell({ position: 0, fairs: null });
    } catch {
      this.#connectLater();
    }
  }

  #lost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#connectLater();
  }

  /** The database is away; whoever asks it for figures meets the error, here there is nothing to tell. */
  #connectLater(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), this.#retrySeconds * 1000).unref();
  }

  #tell(change: FiguresChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

/** Only projectors write to the channel, in the form of `changePayload`; anything else says that something changed. */
function readPayload(payload: string): FiguresChange {
  try {
    const change: unknown = JSON.parse(payload);
    return isChange(change) ? change : { position: 0, fairs: null };
  } catch {
    return { position: 0, fairs: null };
  }
}

const isChange = (change: unknown): change is FiguresChange =>
  typeof change === 'object' &&
  change !== null &&
  'position' in change &&
  typeof change.position === 'number' &&
  'fairs' in change &&
  (change.fairs === null || Array.isArray(change.fairs));
