import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { ownersToken } from '../spine/owners-token.ts';
import { proxyTo } from '../store/postgres/proxy.ts';
import { createDatabase } from '../support/database.ts';
import { bundleWorker, startWorker } from './wrangler-dev.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the bundle that every Worker of this run is started from. */
    workerBundle: string;
    /** The database of the Worker that the spine is asked on, and its key; a node may join it. */
    workerPlace: { readonly appUrl: string; readonly ownerUrl: string; readonly vaultKey: string };
  }
}

/** One Worker for the run: in the real runtime, on a real PostgreSQL that it reaches over TCP, as Hyperdrive would. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  await using starting = new AsyncDisposableStack();
  const { databaseServer } = project.getProvidedContext();
  const database = starting.adopt(await createDatabase(databaseServer, { poolSizeMax: 2 }), ({ drop }) => drop());
  const proxy = starting.adopt(await proxyTo(database.appUrl), ({ close }) => close());
  const bundle = starting.adopt(await bundleWorker(), (folder) => rm(folder, { recursive: true, force: true }));
  const vaultKey = 'c1'.repeat(32);
  const variables = { VAULT_KEY: vaultKey };
  const worker = starting.adopt(await startWorker({ bundle, databaseUrl: proxy.url, variables }), ({ stop }) => stop());
  const owner = await ownersToken({
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    VAULT_KEY: vaultKey,
  });
  project.provide('workerBundle', bundle);
  project.provide('workerPlace', { appUrl: database.appUrl, ownerUrl: database.ownerUrl, vaultKey });
  project.provide('spine', { origin: worker.origin, owner });
  const running = starting.move();
  return () => running.disposeAsync();
};
