import type { Generated } from 'kysely';

/**
 * Every table of the schema `public`, for kysely. A migration that adds a table adds its type here; those of the
 * projector are in `projections/generations/tables.ts`, where its readers find them.
 */
export type Tables = MigrationTables &
  AuthTables &
  VaultTables &
  PassTables &
  ReactionTables &
  SealTables &
  KurrentTables;

type MigrationTables = {
  migrations: { name: string; applied_at: Generated<Date> };
};

type AuthTables = {
  credentials: {
    secret_hash: Buffer;
    kind: string;
    role: string;
    fair: string | null;
    subject: string;
    name: Generated<string | null>;
    digest: Generated<string | null>;
    opened_by: Buffer | null;
    created_at: Date;
    expires_at: Date | null;
    used_at: Generated<Date | null>;
    revoked_at: Generated<Date | null>;
  };
};

type VaultTables = {
  contacts: {
    reference: string;
    fair: string;
    kind: 'representative' | 'group-leader' | 'visitor';
    sealed_key: Buffer | null;
    sealed_contact: Buffer | null;
    created_at: Date;
    erased_at: Generated<Date | null>;
    awaited_in: string | null;
  };
  key_checks: { only_row: Generated<boolean>; value: Buffer };
};

type PassTables = {
  pass_keys: { fair: string; public_key: string; sealed_private_key: Buffer };
  short_codes: { fair: string; code_hash: Buffer; pass: string; details: unknown };
};

type ReactionTables = {
  reaction_progress: {
    only_row: Generated<boolean>;
    position: Generated<number>;
    parked: Generated<number[]>;
    holder: string | null;
    epoch: Generated<number>;
    heartbeat_at: Date | null;
  };
};

type SealTables = {
  seal_progress: { only_row: Generated<boolean>; size: number; position: number };
  seal_tiles: {
    level: number;
    index: number;
    hashes: Buffer;
    first_position: number | null;
    positions: number[] | null;
  };
  checkpoints: { size: number; note: string; sealed_at: Generated<Date> };
  seal_keys: { verifier: string; from_size: number; handover: string | null };
};

/** Only a log in KurrentDB has them filled; src/store/kurrent/register.ts works on them. */
type KurrentTables = {
  kurrent_log: { only_row: Generated<boolean>; name: string; scanned: number; events: number; recorded_ms: number };
  kurrent_events: {
    event_id: string;
    stream: string;
    digest: string;
    attempts: Generated<number>;
    reserved_at: Generated<Date>;
    version: number | null;
    commit_position: number | null;
    recorded_ms: number | null;
    position: number | null;
  };
};
