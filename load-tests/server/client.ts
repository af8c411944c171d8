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
    /** The whole answer: one that breaks off in its middle is none. */
    const ask = async () => {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal,
      });
      const { ok, status } = response;
      const retryAfterS = Number(response.headers.get('retry-after') ?? 0);
      return { ok, status, retryAfterS, text: await response.text() };
    };
    for (let attempt = 1; ; attempt += 1) {
      const answer = await ask().catch((failure: unknown) => {
        if (signal.aborted || attempt >= attemptsMax) throw failure;
      });
      if (answer?.ok) {
        const answered: unknown = JSON.parse(answer.text);
        const { data } = Positioned.safeParse(answered);
        if (data) onPosition?.(data.position);
        return schema.parse(answered);
      }
      if (answer && (!tryAgain.has(answer.status) || attempt >= attemptsMax))
        throw new Error(`${method} ${path} was answered ${answer.status}: ${answer.text.slice(0, 500)}`);
      await sleep((answer?.retryAfterS ?? 0) * 1000 || pauseMs);
    }
  };
