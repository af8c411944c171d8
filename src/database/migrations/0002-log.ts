import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/**
 * The log. It grows only through `append_events`, which runs as the owner: the application's role may call it and read,
 * so that it can neither choose a position nor change what is written.
 */
export const log: Migration = {
  name: '0002-log',
  up: async (transaction) => {
    for (const statement of [events, refusal, head, judgeAppend, appendEvents, grants]) {
      await sql.raw(statement).execute(transaction);
    }
  },
};

/** `collate "C"` compares bytes: faster, and the same on every machine. */
const events = `
create table events (
  position bigint primary key,
  event_id uuid not null unique,
  stream text collate "C" not null,
  version int not null,
  type text not null,
  schema int not null,
  data jsonb not null,
  meta jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  -- A stream has each version once; loading a stream and finding its version walk this index.
  unique (stream, version)
)`;

/** Holds for the owner too, and ("always") for a session that calls itself a replica. */
const refusal = `
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % is refused', tg_op using errcode = 'insufficient_privilege';
end $$;

create trigger events_are_facts before update or delete or truncate on events
  for each statement execute function refuse_change();
alter table events enable always trigger events_are_facts`;

/**
 * Whoever holds the lock of this row writes after the last event; there is no other lock. The position itself is read
 * from the log: a counter column would leave a dead row per batch, which a long-running transaction keeps from being
 * cleaned up (docs/decisions/0005-how-the-log-is-written.md).
 */
const head = `
create table log_head (only_row boolean primary key default true check (only_row));
insert into log_head default values`;

/**
 * What the log says to items: null when every one of them fits, else one element an item in their order. An element
 * is null for an item that fits, or says why it does not:
 * \`{stream, version, position, recordedAt, digest}\` of the event that has its id,
 * \`{item}\` the ordinal of an earlier item of the same call that has its id, or \`{currentVersion}\` of its stream.
 * Times are milliseconds since 1970.
 */
const judgeAppend = `
create function judge_append(streams text[], expected int[], ids uuid[]) returns jsonb[]
language plpgsql as $$
declare
  new_streams text[];
  is_plain boolean;
  item record;
  current_version int;
  versions int[] := '{}';
  writers int[] := '{}';
  verdicts jsonb[];
begin
  select array_agg(i.stream) filter (where i.before is null and i.expected = 0),
         count(distinct i.id) = count(*)
           and bool_and(case when i.before is null then i.expected = 0 or coalesce(fits.it, false) else i.expected = i.before + 1 end)
    into new_streams, is_plain
    from (
      select i.*, lag(i.expected) over (partition by i.stream order by i.ordinal) as before
        from unnest(streams, expected, ids) with ordinality as i(stream, expected, id, ordinal)
    ) i
    left join lateral (
      select i.expected = e.version as it from events e
       where i.before is null and i.expected <> 0 and e.stream = i.stream order by e.version desc limit 1
    ) fits on true;
  -- Most batches hold nothing but new ids and streams: two index scans answer for all of them together.
  if is_plain
    and not exists (select from events e where e.event_id = any(ids))
    and not exists (select from events e where e.stream = any(new_streams) and e.version = 1)
  then
    return null;
  end if;

  verdicts := array_fill(null::jsonb, array[cardinality(ids)]);
  for item in
    select i.ordinal, i.expected,
           dense_rank() over (order by i.stream) as stream_number,
           dense_rank() over (order by i.id) as id_number,
           coalesce((select e.version from events e where e.stream = i.stream order by e.version desc limit 1), 0) as version,
           (select jsonb_build_object('stream', e.stream, 'version', e.version, 'position', e.position,
              'recordedAt', round(date_part('epoch', e.recorded_at) * 1000), 'digest', e.meta ->> 'digest')
              from events e where e.event_id = i.id) as original
      from unnest(streams, expected, ids) with ordinality as i(stream, expected, id, ordinal)
     order by i.ordinal
  loop
    current_version := coalesce(versions[item.stream_number], item.version);
    if item.original is not null then
      verdicts[item.ordinal] := item.original;
    elsif writers[item.id_number] is not null then
      verdicts[item.ordinal] := jsonb_build_object('item', writers[item.id_number]);
    elsif item.expected <> current_version then
      verdicts[item.ordinal] := jsonb_build_object('currentVersion', current_version);
    else
      versions[item.stream_number] := current_version + 1;
      writers[item.id_number] := item.ordinal;
    end if;
  end loop;
  return verdicts;
end $$`;

/**
 * Appends the items that fit, in the order given, as one step. Lists of text are joined by U+001F, which JSON never
 * holds unescaped; times are milliseconds since 1970; a null \`clock\` means the server's.
 * Every statement of the function sees what was committed before it, so what was judged without the lock is judged
 * again when somebody else wrote in between. \`recorded_at\` is taken while the lock is held and never goes back.
 */
const appendEvents = `
create function append_events(
  joined_streams text, expected int[], ids uuid[], joined_types text, schemas int[], joined_data text, joined_meta text,
  occurred bigint[], clock bigint,
  out first_position bigint, out recorded_ms double precision, out verdicts jsonb[]
) language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  separator constant text := chr(31);
  streams constant text[] := string_to_array(joined_streams, separator);
  judged_at bigint;
  last_position bigint;
  recorded timestamptz;
  -- The n-th item that fits is appended n-th; null when all of them fit.
  places int[];
  appended bigint;
begin
  select e.position into judged_at from events e order by e.position desc limit 1;
  verdicts := judge_append(streams, expected, ids);

  perform from log_head where only_row for update;
  select e.position, e.recorded_at into last_position, recorded from events e order by e.position desc limit 1;
  if last_position is distinct from judged_at then
    verdicts := judge_append(streams, expected, ids);
  end if;
  recorded := greatest(recorded, coalesce(to_timestamp(clock / 1000e0), date_trunc('milliseconds', clock_timestamp())));
  first_position := coalesce(last_position, 0) + 1;
  recorded_ms := round(date_part('epoch', recorded) * 1000);

  if verdicts is not null then
    select array_agg(case when v.verdict is null then v.place end order by v.ordinal) into places
      from (
        select verdict, ordinal, count(*) filter (where verdict is null) over (order by ordinal) as place
          from unnest(verdicts) with ordinality as v(verdict, ordinal)
      ) v;
  end if;

  insert into events (position, event_id, stream, version, type, schema, data, meta, occurred_at, recorded_at)
  select first_position - 1 + case when places is null then i.ordinal else places[i.ordinal] end,
         i.id, i.stream, i.expected + 1, i.type, i.schema,
         i.data::jsonb, i.meta::jsonb, to_timestamp(i.occurred / 1000e0), recorded
    from unnest(
      streams, expected, ids, string_to_array(joined_types, separator), schemas,
      string_to_array(joined_data, separator), string_to_array(joined_meta, separator), occurred
    ) with ordinality as i(stream, expected, id, type, schema, data, meta, occurred, ordinal)
   where places is null or places[i.ordinal] is not null;
  get diagnostics appended = row_count;
  if appended > 0 then
    perform pg_notify('log', (first_position - 1 + appended)::text);
  end if;
end $$`;

const grants = `
grant select on events to hoi_sach_app;
revoke execute on function judge_append from public;
revoke execute on function append_events from public;
grant execute on function append_events to hoi_sach_app`;
