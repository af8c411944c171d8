import { sql } from 'kysely';
import type { Migration } from '../migration.ts';

/**
 * An item may say which version another stream must still have (docs/decisions/0032-a-fact-that-begins-its-stream.md):
 * \`append_events\` and \`judge_append\` of 0002-log, with conditions.
 */
export const conditions: Migration = {
  name: '0011-conditions',
  up: async (transaction) => {
    for (const statement of [dropped, judgeAppend, appendEvents, grants]) {
      await sql.raw(statement).execute(transaction);
    }
  },
};

const dropped = `
drop function append_events(text, int[], uuid[], text, int[], text, text, bigint[], bigint);
drop function judge_append(text[], int[], uuid[])`;

/**
 * What the log says to items: null when every one of them fits, else one element an item in their order. An element
 * is null for an item that fits, or says why it does not:
 * \`{stream, version, position, recordedAt, digest}\` of the event that has its id,
 * \`{item}\` the ordinal of an earlier item of the same call that has its id, or \`{currentVersion}\` of its stream.
 * Times are milliseconds since 1970. \`others\` and \`other_versions\` are the different conditions, and
 * \`conditions\` says by its place which of them an item has; null for none.
 */
const judgeAppend = `
create function judge_append(
  streams text[], expected int[], ids uuid[], others text[], other_versions int[], conditions int[]
) returns jsonb[]
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
    -- Of one fair mostly, so that all items have the same condition.
    and not exists (
      select from unnest(others, other_versions) as o(stream, version)
       where o.stream = any(streams)
          or o.version <> coalesce((select e.version from events e where e.stream = o.stream order by e.version desc limit 1), 0)
    )
  then
    return null;
  end if;

  verdicts := array_fill(null::jsonb, array[cardinality(ids)]);
  for item in
    with other as materialized (
      select o.ordinal, o.version as expected, array_position(streams, o.stream)::bigint as number,
             coalesce((select e.version from events e where e.stream = o.stream order by e.version desc limit 1), 0) as version
        from unnest(others, other_versions) with ordinality as o(stream, version, ordinal)
    )
    select i.ordinal, i.expected,
           min(i.ordinal) over (partition by i.stream) as stream_number,
           min(i.ordinal) over (partition by i.id) as id_number,
           coalesce((select e.version from events e where e.stream = i.stream order by e.version desc limit 1), 0) as version,
           other.number as other_number, other.expected as other_expected, other.version as other_version,
           (select jsonb_build_object('stream', e.stream, 'version', e.version, 'position', e.position,
              'recordedAt', round(date_part('epoch', e.recorded_at) * 1000), 'digest', e.meta ->> 'digest')
              from events e where e.event_id = i.id) as original
      from unnest(streams, expected, ids, conditions) with ordinality as i(stream, expected, id, condition, ordinal)
      left join other on other.ordinal = i.condition
     order by i.ordinal
  loop
    current_version := coalesce(versions[item.stream_number], item.version);
    if item.original is not null then
      verdicts[item.ordinal] := item.original;
    elsif writers[item.id_number] is not null then
      verdicts[item.ordinal] := jsonb_build_object('item', writers[item.id_number]);
    elsif item.expected <> current_version
      or item.other_expected <> coalesce(versions[item.other_number], item.other_version)
    then
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
  joined_others text, other_versions int[], conditions int[],
  out first_position bigint, out recorded_ms double precision, out verdicts jsonb[]
) language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  separator constant text := chr(31);
  streams constant text[] := string_to_array(joined_streams, separator);
  others constant text[] := string_to_array(joined_others, separator);
  judged_at bigint;
  last_position bigint;
  recorded timestamptz;
  -- The n-th item that fits is appended n-th; null when all of them fit.
  places int[];
  appended bigint;
begin
  select e.position into judged_at from events e order by e.position desc limit 1;
  verdicts := judge_append(streams, expected, ids, others, other_versions, conditions);

  perform from log_head where only_row for update;
  select e.position, e.recorded_at into last_position, recorded from events e order by e.position desc limit 1;
  if last_position is distinct from judged_at then
    verdicts := judge_append(streams, expected, ids, others, other_versions, conditions);
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
revoke execute on function judge_append from public;
revoke execute on function append_events from public;
grant execute on function append_events to hoi_sach_app`;
