import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export type Asked = {
  readonly method?: 'GET' | 'PUT' | 'POST';
  /** From `/` on. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bearer token. */
  readonly token?: string | undefined;
};

/** A caller of the public HTTP interface; what it asks is repeated while the platform is busy or away. */
export type Client = <Answer>(schema: z.ZodType<Answer>, asked: Asked) => Promise<Answer>;

type ClientOptions = {
  /** Where the server listens, without a slash at the end. */
  readonly origin: string;
  readonly signal: AbortSignal;
  /** Called with the place in the log that an answer names. */
  readonly onPosition?: (position: number) => void;
};

const Positioned = z.object({ position: z.int() });

const tryAgain = new Set([409, 429, 503]);
const attemptsMax = 40;
const pauseMs = 100;

/** @throws Error for any answer but 200, with what it said; what `fetch` throws when nobody answers in the end */
export const clientOf =
  ({ origin, signal, onPosition }: ClientOptions): Client =>
  async (schema, { method = 'GET', path, body, headers, token }) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal,
      }).catch((failure: unknown) => {
        if (signal.aborted || attempt >= attemptsMax) throw failure;
      });
      if (response?.ok) {
        const answered: unknown = await response.json();
        const { data } = Positioned.safeParse(answered);
        if (data) onPosition?.(data.position);
        return schema.parse(answered);
      }
      const said = (await response?.text()) ?? '';
      if (response && (!tryAgain.has(response.status) || attempt >= attemptsMax))
        throw new Error(`${method} ${path} was answered ${response.status}: ${said.slice(0, 500)}`);
      await sleep(Number(response?.headers.get('retry-after') ?? 0) * 1000 || pauseMs);
    }
  };
