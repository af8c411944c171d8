import { setTimeout as wait } from 'node:timers/promises';
import { freshId } from '../../src/commands/ids.ts';

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };
export type About = {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Asks over the network; JSON is read as JSON. */
export async function ask(
  origin: string,
  method: string,
  path: string,
  { token, body, headers = {} }: About = {},
): Promise<Answer> {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/**
 * The same, as a client should: whoever is told to come back later does. Anything but 200 in the end fails the test.
 */
export async function done(origin: string, method: string, path: string, about: About = {}): Promise<unknown> {
  for (let tries = 0; ; tries += 1) {
    const { status, headers, body } = await ask(origin, method, path, about);
    if (status === 200) return body;
    if (status !== 503 || tries === triesMax) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    await wait(1000 * Number(headers.get('retry-after')));
  }
}

const triesMax = 12;

export const newId = (): string => freshId(Date.now());

/** A text in the body of an answer. */
export const textIn = (body: unknown, key: string): string => {
  const value = fieldIn(body, key);
  if (typeof value !== 'string') throw new Error(`no text ${key} in ${JSON.stringify(body)}`);
  return value;
};

/** The log position of a write. */
export const positionIn = (body: unknown): number => {
  const value = fieldIn(body, 'position');
  if (typeof value !== 'number') throw new Error(`no position in ${JSON.stringify(body)}`);
  return value;
};

const fieldIn = (body: unknown, key: string): unknown =>
  typeof body === 'object' && body !== null ? new Map<string, unknown>(Object.entries(body)).get(key) : undefined;
