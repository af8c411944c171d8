import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { NonEmpty } from '../plan/chance.ts';

export type ApiRequest = {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** From `/api` on. */
  readonly path: string;
  readonly body?: unknown;
  /** Bearer token; absent for the public. */
  readonly token?: string | undefined;
};

/** The platform said no to a request that it should have taken. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;

  constructor({ method, path }: ApiRequest, status: number, answer: string) {
    super(`${method} ${path} was answered ${status}: ${answer.slice(0, 1000)}`);
    this.status = status;
  }
}

export type ApiClientOptions = {
  /** Where the platform's nodes listen, without a slash at the end; they are asked in turn. */
  readonly origins: NonEmpty<string>;
  /** How often a request is sent when the platform is busy or away. */
  readonly attemptsMax: number;
  /** When aborted, nothing is sent any more and what is under way is given up. */
  readonly signal?: AbortSignal;
};

type Answer = { readonly ok: boolean; readonly status: number; readonly retryAfterS: number; readonly text: string };

/** Statuses that ask for another try of the same. */
const tryAgain = new Set([409, 429, 502, 503, 504]);
const pauseMs = 100;

/** A caller of the public HTTP interface that repeats itself until it is answered, as a phone does. */
export class ApiClient {
  readonly #options: ApiClientOptions;
  #turn = 0;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /**
   * Sends a request until it is handled.
   * @returns the body of the answer, parsed
   * @throws ApiRefusal for any other status than 2xx; what `fetch` throws when nobody answers at the last attempt
   */
  async send<Body>(request: ApiRequest, schema: z.ZodType<Body>): Promise<Body> {
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= this.#options.attemptsMax || this.#options.signal?.aborted === true;
      const answer = await this.#ask(request).catch((failure: unknown) => {
        if (isLast) throw failure;
      });
      if (answer?.ok) return schema.parse(JSON.parse(answer.text));
      if (answer && (isLast || !tryAgain.has(answer.status))) {
        throw new ApiRefusal(request, answer.status, answer.text);
      }
      await sleep((answer?.retryAfterS ?? 0) * 1000 || pauseMs * attempt);
    }
  }

  /** The whole answer: one that breaks off in its middle is none. */
  async #ask({ method, path, body, token }: ApiRequest): Promise<Answer> {
    const { origins, signal } = this.#options;
    this.#turn = (this.#turn + 1) % origins.length;
    const response = await fetch(`${origins[this.#turn] ?? origins[0]}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const { ok, status, headers } = response;
    return { ok, status, retryAfterS: Number(headers.get('retry-after') ?? 0), text: await response.text() };
  }
}
