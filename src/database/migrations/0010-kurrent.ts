import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/** What PostgreSQL keeps beside a log in KurrentDB; empty where the log is here (docs/decisions/0023-a-log-in-kurrentdb.md). */
export const kurrent: Migration = {
  name: '0010-kurrent',
  up: async (transaction) => {
    for (const statement of [log, events, registerEvents, releaseIds, grants])
      await sql.raw(statement).execute(transaction);
  },
};

const log = `
create table kurrent_log (
  only_row boolean primary key default true check (only_row),
  -- What the names of its streams begin with, in a server that others may use too.
  name text not null,
  -- KurrentDB's position up to which every event of ours is registered, and how many those are.
  scanned bigint not null default -1,
  events bigint not null default 0,
  -- The latest time of recording so far.
  recorded_ms bigint not null default -8640000000000000
)`;

const events = `
create table kurrent_events (
  event_id uuid primary key,
  stream text not null,
  digest text not null,
  -- How many callers have set out to write it. One that set out alone, and was refused, frees the id again.
  attempts int not null default 1,
  -- When the last of them did.
  reserved_at timestamptz not null default clock_timestamp(),
  -- Null while the id is only reserved.
  version int,
  commit_position bigint,
  recorded_ms bigint,
  -- Counts our events in the order of the log, from 1. Readers walk along it.
  position bigint unique,
  check (num_nulls(version, commit_position, recorded_ms, position) in (0, 4))
)`;

/**
 * Takes in the next events of the log, in its order; what is registered already stays as it is, whoever sent it. Position
 * and time are functions of the log alone: the count of our events, and the latest of the times written in them so far.
 * An id counts where it stands first. The lock of the one row puts the nodes in turn.
 */
const registerEvents = `
create function register_events(
  after_commit bigint, up_to_commit bigint,
  ids uuid[], streams text[], versions int[], digests text[], commits bigint[], times bigint[]
) returns table (id uuid, "position" bigint, recorded_ms bigint)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
  here kurrent_log;
  added bigint;
  latest bigint;
begin
  select * into strict here from kurrent_log for update;
  if after_commit > here.scanned then
    raise exception 'what lies between % and % of the log was not sent', here.scanned, after_commit;
  end if;
  with news as (
    select distinct on (n.id) n.*
    from unnest(ids, streams, versions, digests, commits, times) as n(id, stream, version, digest, commit, time)
    where n.commit > here.scanned
      and not exists (select from kurrent_events e where e.event_id = n.id and e.position is not null)
    order by n.id, n.commit
  ), placed as (
    insert into kurrent_events as known (event_id, stream, digest, version, commit_position, position, recorded_ms)
    select n.id, n.stream, n.digest, n.version, n.commit,
           here.events + row_number() over in_order, greatest(here.recorded_ms, max(n.time) over in_order)
    from news n window in_order as (order by n.commit)
    on conflict (event_id) do update set
      stream = excluded.stream, digest = excluded.digest, version = excluded.version,
      commit_position = excluded.commit_position, position = excluded.position, recorded_ms = excluded.recorded_ms
    returning known.recorded_ms
  )
  select count(*), max(p.recorded_ms) into added, latest from placed p;
  update kurrent_log k set
    scanned = greatest(k.scanned, up_to_commit),
    events = k.events + added,
    recorded_ms = greatest(k.recorded_ms, latest);
  return query
    select e.event_id, e.position, e.recorded_ms from kurrent_events e where e.event_id = any(ids) and e.position is not null;
end $$`;

/** Frees ids whose one caller was refused. */
const releaseIds = `
create function release_ids(ids uuid[]) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from kurrent_events where event_id = any(ids) and position is null and attempts = 1
$$`;

/** The application reserves ids; the place of an event, once it has one, is the log's and nobody's to change. */
const grants = `
grant select, insert (name) on kurrent_log to hoi_sach_app;
grant select, insert (event_id, stream, digest), update (attempts, reserved_at) on kurrent_events to hoi_sach_app;
revoke execute on function register_events, release_ids from public;
grant execute on function register_events, release_ids to hoi_sach_app`;
