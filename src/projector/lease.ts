import { sql, type Transaction } from 'kysely';
import type { GenerationTables } from '../../projections/generations/tables.ts';
import type { ProjectorDatabase } from './database.ts';

/** The right to move one generation on. Whoever takes it over raises the epoch, and ends every older right by it. */
export type Lease = { readonly generation: number; readonly holder: string; readonly epoch: number };

/** Somebody else moves this generation on by now, or it was replaced; nothing was written. */
export class LeaseLost extends Error {
  constructor({ generation, epoch }: Lease) {
    super(`the projections of generation ${generation} are no longer ours to write (epoch ${epoch})`);
    this.name = 'LeaseLost';
  }
}

/**
 * Takes the lease if nobody holds it, or its holder has been silent for too long, by the database's clock alone. While
 * a batch of the holder is open nobody takes it: that one is as alive as its transaction. A holder may take its own
 * again, after an error: what it began before is void then.
 * @returns the lease and the position to go on from, or undefined while another one works
 */
export async function takeLease(
  db: ProjectorDatabase,
  wanted: { readonly generation: number; readonly holder: string; readonly staleSeconds: number },
): Promise<{ readonly lease: Lease; readonly position: number } | undefined> {
  const row = await db
    .updateTable('projection_generations')
    .set(({ eb }) => ({
      holder: wanted.holder,
      epoch: eb('epoch', '+', 1),
      heartbeat_at: sql<Date>`clock_timestamp()`,
    }))
    .where('generation', '=', (row) =>
      row
        .selectFrom('projection_generations')
        .select('generation')
        .where('generation', '=', wanted.generation)
        .where('state', 'in', ['current', 'building'])
        .where((where) =>
          where.or([
            where('holder', 'is', null),
            where('holder', '=', wanted.holder),
            where('heartbeat_at', '<', sql<Date>`clock_timestamp() - make_interval(secs => ${wanted.staleSeconds})`),
          ]),
        )
        .forNoKeyUpdate()
        .skipLocked(),
    )
    .returning(['epoch', 'position'])
    .executeTakeFirst();
  return (
    row && { lease: { generation: wanted.generation, holder: wanted.holder, epoch: row.epoch }, position: row.position }
  );
}

/** A fold asks the database something many times a second; another node goes on within ten seconds of the silence. */
export const silentSeconds = 7;

/** Lets the server end a transaction whose process froze, so that what it holds is free again. */
export const endIfSilent = (transaction: Transaction<GenerationTables>, seconds: number) =>
  sql`select ${endingIfSilent(seconds)}`.execute(transaction);

const endingIfSilent = (seconds: number) =>
  sql<string>`set_config('idle_in_transaction_session_timeout', ${`${Math.round(seconds * 1000)}ms`}, true)`;

export type Holding = {
  /** `with others`: with other transactions of the same holder, of which none may move the checkpoint meanwhile. */
  readonly how?: 'alone' | 'with others';
  /** How long the transaction may be silent before the server ends it. */
  readonly silentSecondsMax?: number;
};

/**
 * Keeps the lease from everybody else until the transaction ends.
 * @returns whether anybody reads the generation
 * @throws LeaseLost
 */
export async function holdLease(
  transaction: Transaction<GenerationTables>,
  lease: Lease,
  { how = 'alone', silentSecondsMax = silentSeconds }: Holding = {},
): Promise<{ readonly isCurrent: boolean }> {
  const held = await transaction
    .selectFrom('projection_generations')
    .select(['state', endingIfSilent(silentSecondsMax).as('silence')])
    .where('generation', '=', lease.generation)
    .where('state', 'in', ['current', 'building'])
    .where('epoch', '=', lease.epoch)
    .$if(how === 'alone', (row) => row.forNoKeyUpdate())
    .$if(how === 'with others', (row) => row.forShare())
    .executeTakeFirst();
  if (!held) throw new LeaseLost(lease);
  return { isCurrent: held.state === 'current' };
}

/** Says that the holder lives. While a batch is open this waits for its end. @throws LeaseLost */
export async function beat(db: ProjectorDatabase, lease: Lease): Promise<void> {
  const { numUpdatedRows } = await ownRow(db, lease)
    .set({ heartbeat_at: sql<Date>`clock_timestamp()` })
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new LeaseLost(lease);
}

/** Lets another node go on at once. */
export async function releaseLease(db: ProjectorDatabase, lease: Lease): Promise<void> {
  await ownRow(db, lease).set({ holder: null }).execute();
}

/**
 * Moves the checkpoint, in the transaction of the effects, so that both happen or neither.
 * @throws LeaseLost when the position or the epoch is no longer what this holder knows
 */
export async function moveCheckpoint(
  transaction: Transaction<GenerationTables>,
  lease: Lease,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('projection_generations')
    .set({ position: to, heartbeat_at: sql<Date>`clock_timestamp()` })
    .where('generation', '=', lease.generation)
    .where('state', 'in', ['current', 'building'])
    .where('epoch', '=', lease.epoch)
    .where('position', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new LeaseLost(lease);
}

const ownRow = (db: ProjectorDatabase, { generation, epoch }: Lease) =>
  db
    .updateTable('projection_generations')
    .where('generation', '=', generation)
    .where('state', 'in', ['current', 'building'])
    .where('epoch', '=', epoch);
