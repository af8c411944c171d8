import { once } from 'node:events';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerWritableStream, status } from '@grpc/grpc-js';
import { eventResponse, streamName, streamNotFound } from './messages.ts';
import type { LogRecord, StoredLog } from './stored-log.ts';

type ReadReq = InstanceType<typeof streams.ReadReq>;
type ReadResp = InstanceType<typeof streams.ReadResp>;
type Options = InstanceType<typeof streams.ReadReq.Options>;
export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** `Read`: a stream or `$all`, forwards or backwards, or a subscription to `$all`, with a filter or without. */
export async function read(log: StoredLog, call: ReadCall): Promise<void> {
  const options = call.request.getOptions();
  if (!options) return refuse(call, 'no options');
  if (options.hasSubscription()) return subscribe(log, call, options);
  const records = options.hasStream() ? streamRecords(log, call, options) : allRecords(log, options);
  if (records === 'invalid') return refuse(call, 'not the position of a record');
  const limit = Number(options.getCount());
  for (const record of records.slice(0, limit)) await write(call, eventResponse(record));
  call.end();
}

function streamRecords(log: StoredLog, call: ReadCall, options: Options): readonly LogRecord[] {
  const of = options.getStream();
  const name = streamName(of?.getStreamIdentifier());
  const records = log.stream(name);
  if (!records) call.write(streamNotFound(name));
  const revision = of?.hasRevision() ? Number(of.getRevision()) : undefined;
  if (options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS)
    return records?.slice(revision ?? (of?.hasEnd() ? records.length : 0)) ?? [];
  return records?.slice(0, (revision ?? (of?.hasStart() ? 0 : records.length)) + 1).toReversed() ?? [];
}

/** Forwards a read begins with the record at the position. */
function allRecords(log: StoredLog, options: Options): readonly LogRecord[] | 'invalid' {
  const all = options.getAll();
  const isForwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS;
  const at = all?.hasPosition() ? log.indexAfter(Number(all.getPosition()?.getCommitPosition())) : undefined;
  if (all?.hasPosition() && at === undefined) return 'invalid';
  if (isForwards) return log.records.slice(at === undefined ? (all?.hasEnd() ? log.records.length : 0) : at - 1);
  return log.records.slice(0, at === undefined ? (all?.hasStart() ? 0 : log.records.length) : at - 1).toReversed();
}

/** A subscription begins behind the position, gives what is there, says that it has, and goes on with what comes. */
async function subscribe(log: StoredLog, call: ReadCall, options: Options): Promise<void> {
  const all = options.getAll();
  if (!all) return refuse(call, 'only $all can be subscribed to here');
  const begin = all.hasPosition() ? log.indexAfter(Number(all.getPosition()?.getCommitPosition())) : 0;
  if (begin === undefined) return refuse(call, 'not the position of a record');
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(crypto.randomUUID());
  await write(call, new streams.ReadResp().setConfirmation(confirmation));

  const passes = filterOf(options);
  const window = (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1) * 32;
  let next = all.hasEnd() ? log.records.length : begin;
  let isLive = false;
  let grown = Promise.withResolvers<void>();
  const stop = log.onAppend(() => grown.resolve());
  call.on('cancelled', () => grown.resolve());
  while (!call.cancelled && !call.writableEnded) {
    grown = Promise.withResolvers();
    for (let record = log.records[next]; record && !call.cancelled; record = log.records[next]) {
      next += 1;
      if (passes(record)) await write(call, eventResponse(record));
      if (options.hasFilter() && next % window === 0) await write(call, checkpoint(record));
    }
    if (!isLive) await write(call, new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
    isLive = true;
    if (next === log.records.length) await grown.promise;
  }
  stop();
}

function filterOf(options: Options): (record: LogRecord) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const byStream = filter.getStreamIdentifier();
  const expression = byStream ?? filter.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  const pattern = new RegExp(expression?.getRegex() || '(?!)', 'u');
  return ({ stream, type }) => {
    const text = byStream ? stream : type;
    return prefixes.some((prefix) => text.startsWith(prefix)) || pattern.test(text);
  };
}

const checkpoint = ({ position }: LogRecord): ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

async function write(call: ReadCall, response: ReadResp): Promise<void> {
  if (call.cancelled || call.destroyed || call.write(response)) return;
  const stopping = new AbortController();
  const { signal } = stopping;
  await Promise.any(['drain', 'cancelled', 'close'].map((event) => once(call, event, { signal }))).catch(() => {});
  stopping.abort();
}

const refuse = (call: ReadCall, details: string): void => {
  call.emit('error', { code: status.INVALID_ARGUMENT, details });
};
