import { afterAll, beforeAll } from 'vitest';
import { startKurrentServer } from './server/kurrent-server.ts';

/** The server that tests ask which need nothing but a server: the real one at KURRENTDB_URL, else the small one. */
export function whichServer(): { readonly url: string; readonly isReal: boolean } {
  const real = process.env['KURRENTDB_URL'] || undefined;
  let url = real ?? '';
  let stop = async (): Promise<void> => {};
  beforeAll(async () => {
    if (real === undefined) ({ url, stop } = await startKurrentServer());
  });
  afterAll(() => stop());
  return {
    get url() {
      return url;
    },
    isReal: real !== undefined,
  };
}
