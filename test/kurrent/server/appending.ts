import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import anyMessage from 'google-protobuf/google/protobuf/any_pb.js';
import { Metadata, type handleBidiStreamingCall, type handleClientStreamingCall, status as grpc } from '@grpc/grpc-js';
import { proposedOf, streamIdentifier, streamName } from './messages.ts';
import type { Appended, Expected, Proposed, StoredLog } from './stored-log.ts';

type AppendReq = InstanceType<typeof streams.AppendReq>;
type AppendResp = InstanceType<typeof streams.AppendResp>;
type BatchAppendReq = InstanceType<typeof streams.BatchAppendReq>;
type BatchAppendResp = InstanceType<typeof streams.BatchAppendResp>;

/** What becomes of an append; faults are put in front of it. Undefined where nobody is to hear of it. */
export type Appender = (...args: Parameters<StoredLog['append']>) => Promise<Appended | undefined>;

/** `Append`: the header, then a message an event, one answer. */
export const append =
  (write: Appender): handleClientStreamingCall<AppendReq, AppendResp> =>
  (call, answer) => {
    let [stream, expected]: [string, Expected] = ['', 'any'];
    const events: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      if (options) [stream, expected] = [streamName(options.getStreamIdentifier()), expectedOf(options)];
      const message = request.getProposedMessage();
      if (message) events.push(proposedOf(message));
    });
    const finish = async () => {
      const appended = await write(stream, expected, events);
      if (appended?.outcome === 'too-large') answer(tooLarge(appended.bytesMax));
      else if (appended) answer(null, responseOf(appended));
    };
    call.on('end', () => void finish());
  };

/** `BatchAppend`: any number of appends over one call, each with its correlation. */
export const batchAppend =
  (write: Appender): handleBidiStreamingCall<BatchAppendReq, BatchAppendResp> =>
  (call) => {
    const pending = new Map<string, { stream: string; expected: Expected; events: Proposed[] }>();
    const take = async (request: BatchAppendReq) => {
      const correlation = request.getCorrelationId();
      const key = Buffer.from(correlation?.serializeBinary() ?? []).toString('hex');
      const options = request.getOptions();
      if (options) {
        const stream = streamName(options.getStreamIdentifier());
        pending.set(key, { stream, expected: expectedInBatch(options), events: [] });
      }
      const batch = pending.get(key);
      batch?.events.push(...request.getProposedMessagesList().map(proposedOf));
      if (!batch || !request.getIsFinal()) return;
      pending.delete(key);
      const appended = await write(batch.stream, batch.expected, batch.events);
      if (appended) call.write(batchResponseOf(appended, batch.stream).setCorrelationId(correlation));
    };
    call.on('data', (request: BatchAppendReq) => void take(request));
    call.on('end', () => call.end());
  };

function expectedOf(options: InstanceType<typeof streams.AppendReq.Options>): Expected {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return -1;
  return options.hasStreamExists() ? 'exists' : 'any';
}

function expectedInBatch(options: InstanceType<typeof streams.BatchAppendReq.Options>): Expected {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return -1;
  return options.hasStreamExists() ? 'exists' : 'any';
}

function responseOf(appended: Exclude<Appended, { outcome: 'too-large' }>): AppendResp {
  if (appended.outcome === 'written') {
    const position = new streams.AppendResp.Position()
      .setCommitPosition(String(appended.position))
      .setPreparePosition(String(appended.position));
    const success = new streams.AppendResp.Success()
      .setCurrentRevision(String(appended.revision))
      .setPosition(position);
    return new streams.AppendResp().setSuccess(success);
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (appended.current < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(appended.current));
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}

function batchResponseOf(appended: Appended, stream: string): BatchAppendResp {
  const response = new streams.BatchAppendResp().setStreamIdentifier(streamIdentifier(stream));
  if (appended.outcome === 'written') {
    const position = new shared.AllStreamPosition()
      .setCommitPosition(String(appended.position))
      .setPreparePosition(String(appended.position));
    const success = new streams.BatchAppendResp.Success();
    return response.setSuccess(success.setCurrentRevision(String(appended.revision)).setPosition(position));
  }
  const details = new anyMessage.Any();
  if (appended.outcome === 'too-large') {
    const limit = new shared.MaximumAppendSizeExceeded().setMaxappendsize(appended.bytesMax);
    details.pack(limit.serializeBinary(), 'event_store.client.MaximumAppendSizeExceeded');
  } else {
    const wrong = new shared.WrongExpectedVersion();
    if (appended.current >= 0) wrong.setCurrentStreamRevision(String(appended.current));
    details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  }
  return response.setError(new status.Status().setDetails(details));
}

const tooLarge = (bytesMax: number) => {
  const metadata = new Metadata();
  metadata.set('exception', 'maximum-append-size-exceeded');
  metadata.set('maximum-append-size', String(bytesMax));
  return { code: grpc.INVALID_ARGUMENT, details: 'Maximum Append Size Exceeded', metadata };
};
