import type { z } from 'zod';
import type { ApiClient } from './client.ts';

type Asking = { readonly body?: unknown; readonly token?: string | undefined };

/** A caller of one fair's part of the interface; paths begin behind `/api/fairs/{fair}/`. */
export class FairClient {
  readonly #client: ApiClient;
  readonly fair: string;

  constructor(client: ApiClient, fair: string) {
    this.#client = client;
    this.fair = fair;
  }

  get<Answer>(path: string, schema: z.ZodType<Answer>, asking: Asking = {}): Promise<Answer> {
    return this.#client.send({ method: 'GET', path: this.#path(path), ...asking }, schema);
  }

  put<Answer>(path: string, schema: z.ZodType<Answer>, asking: Asking): Promise<Answer> {
    return this.#client.send({ method: 'PUT', path: this.#path(path), ...asking }, schema);
  }

  post<Answer>(path: string, schema: z.ZodType<Answer>, asking: Asking): Promise<Answer> {
    return this.#client.send({ method: 'POST', path: this.#path(path), ...asking }, schema);
  }

  #path(path: string): string {
    return `/api/fairs/${this.fair}${path === '' ? '' : `/${path}`}`;
  }
}
