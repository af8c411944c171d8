import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join as joinPath, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import { findBinaries } from './embedded/binaries.ts';
import { type Cluster, openCluster, OWNER } from './embedded/cluster.ts';
import { join, leave, type Role } from './embedded/membership.ts';
import { postgresUser } from './embedded/os-user.ts';
import { findPostmaster, launchPostmaster, stopPostmaster, usersFolder } from './embedded/postmaster.ts';
import { createDatabase, DATABASE } from './embedded/prepare.ts';
import { reachableSocketFolder } from './embedded/socket.ts';

export type EmbeddedDatabase = {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly stop: () => Promise<void>;
};

/**
 * The PostgreSQL below `dataDir`: joined where one runs, else started; started again should it be killed while we work.
 * `stop` leaves it, and ends it where nobody else is in it.
 * @param onLost called when it is gone for good: it would not start again, or another server has taken the data
 * @throws AlreadyServedError for a second server on the same data
 */
export const openEmbedded = async (
  dataDir: string,
  role: Role,
  onLost: (error: unknown) => void,
): Promise<EmbeddedDatabase> => {
  const user = await postgresUser();
  const cluster = await openCluster(resolve(dataDir), user, await findBinaries(user));
  const socket = await reachableSocketFolder(cluster.folder);
  const unlist = listAsUser(cluster);
  const giveUp = async () => {
    unlist();
    await socket.release();
  };
  try {
    const stay = await enter(cluster, role, socket.folder, onLost);
    const url = (login: string, password: string) =>
      `postgres://${login}:${password}@${encodeURIComponent(socket.folder)}/${DATABASE}`;
    return {
      appUrl: url('hoi_sach_app', cluster.access.appPassword),
      ownerUrl: url(OWNER, cluster.access.ownerPassword),
      stop: async () => {
        await stay.end();
        await giveUp();
      },
    };
  } catch (error) {
    await giveUp();
    throw error;
  }
};

type Stay = { readonly end: () => Promise<void> };

/** Holds the membership, and renews it (and PostgreSQL with it) when the session breaks before we end it. */
const enter = async (
  cluster: Cluster,
  role: Role,
  socketFolder: string,
  onLost: (error: unknown) => void,
): Promise<Stay> => {
  let isEnding = false;
  const hold = (client: pg.Client): pg.Client => {
    client.once('end', () => {
      if (!isEnding) member = joinOrStart(cluster, role, socketFolder).then(hold);
      member.catch((error: unknown) => {
        if (!isEnding) onLost(error);
      });
    });
    return client;
  };
  const first = await joinOrStart(cluster, role, socketFolder);
  let member = Promise.resolve(hold(first));
  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    const client = await member.catch(() => undefined);
    if (client === undefined) return;
    const isLast = await leave(client).catch(() => false);
    if (isLast) await stopPostmaster(cluster);
    await client.end().catch(() => {});
  };
  try {
    await createDatabase(first, cluster);
    return { end };
  } catch (error) {
    await end();
    throw error;
  }
};

const STARTS_MAX = 40;
const BETWEEN_STARTS_MS = 250;
const BETWEEN_ATTEMPTS_MS = 20;

/**
 * Goes on until it is in. Whoever is starting, recovering or shutting down meanwhile is waited for; only a PostgreSQL
 * that exits again and again is given up after ten seconds, the time that orphaned children of a killed one may take.
 */
const joinOrStart = async (cluster: Cluster, role: Role, socketFolder: string): Promise<pg.Client> => {
  for (let start = 0; start < STARTS_MAX; start += 1) {
    const child = (await findPostmaster(cluster)) === undefined ? launchPostmaster(cluster) : undefined;
    const isUp = async () =>
      child === undefined
        ? (await findPostmaster(cluster)) !== undefined
        : child.exitCode === null && child.signalCode === null;
    do {
      const client = await join(cluster, role, socketFolder).catch(unlessNotUpYet);
      if (client !== undefined) return client;
      await wait(BETWEEN_ATTEMPTS_MS);
    } while (await isUp());
    await wait(BETWEEN_STARTS_MS);
  }
  throw new Error(`PostgreSQL does not start: ${joinPath(cluster.folder, '..', 'postgres.log')} says why.`);
};

/** Class 57 is PostgreSQL starting, recovering or shutting down; the others are a socket that nobody answers on. */
const NOT_UP_YET = /^57|^(ENOENT|ECONNREFUSED|ECONNRESET|EPIPE)$/;

const unlessNotUpYet = (error: unknown): undefined => {
  const { code, message } = z.object({ code: z.string().default(''), message: z.string() }).parse(error);
  if (!NOT_UP_YET.test(code) && !message.startsWith('Connection terminated')) throw error;
};

/** Names our process to PostgreSQL's guard, which ends it once nobody in this list is alive. */
const listAsUser = (cluster: Cluster): (() => void) => {
  const entry = joinPath(usersFolder(cluster), `${process.pid}.${randomUUID()}`);
  mkdirSync(usersFolder(cluster), { recursive: true });
  writeFileSync(entry, '');
  return () => rmSync(entry, { force: true });
};
