import { figuresEvent, heartbeatEvent, heartbeatSeconds } from '../../contract/live.ts';
import { figuresPath, livePath } from '../paths.ts';

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'signed-out' | 'outdated';

type Listener = {
  /** A document as it came, one line of JSON. */
  readonly figures: (text: string) => void;
  readonly connection: (state: Connection) => void;
};

const SILENCE_MS = heartbeatSeconds * 3000;
const RETRY_MS_MAX = 30_000;

/**
 * Follows a fair's live stream for as long as the page lives. A browser gives up when the server answers with an error
 * and never notices a dead connection, so this opens a new one after an error or three missed heartbeats.
 */
export function follow(fair: string, listener: Listener): void {
  let source: EventSource | undefined;
  let timer: number | undefined;
  let retryMs = 1000;

  const after = (ms: number, next: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(next, ms);
  };
  const heard = () => {
    retryMs = 1000;
    listener.connection('live');
    after(SILENCE_MS, reopen);
  };
  const lost = () => {
    listener.connection(navigator.onLine ? 'reconnecting' : 'offline');
    if (source?.readyState !== EventSource.CLOSED) return;
    after(retryMs, reopen);
    retryMs = Math.min(retryMs * 2, RETRY_MS_MAX);
    void isRefused(fair).then((refused) => (refused ? listener.connection('signed-out') : undefined));
  };
  const open = () => {
    source?.close();
    source = new EventSource(livePath(fair));
    source.addEventListener(figuresEvent, ({ data }: MessageEvent<string>) => {
      heard();
      listener.figures(data);
    });
    source.addEventListener(heartbeatEvent, heard);
    source.addEventListener('error', lost);
    after(SILENCE_MS, reopen);
  };
  const reopen = () => {
    listener.connection(navigator.onLine ? 'reconnecting' : 'offline');
    open();
  };

  addEventListener('online', reopen);
  addEventListener('offline', () => listener.connection('offline'));
  open();
}

/** An EventSource does not tell why it failed; asking for the same figures once does. */
const isRefused = async (fair: string): Promise<boolean> => {
  try {
    const { status } = await fetch(figuresPath(fair));
    return status === 401 || status === 403 || status === 404;
  } catch {
    return false;
  }
};
