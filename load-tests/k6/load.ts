import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import type { Request } from '../sending/request.ts';
import { sendUntilAnswered } from './send.ts';

/** What the runner has written down for k6: its options, and the requests of each stream in a file of its own. */
type Job = {
  readonly origin: string;
  readonly options: Options;
  readonly streams: readonly { readonly name: string; readonly phase: 'warm-up' | 'load'; readonly file: string }[];
  readonly summary: string;
};

const job: Job = JSON.parse(open(__ENV['JOB'] ?? 'job.json'));

const streams = new Map(
  job.streams.map(({ name, phase, file }) => [
    name,
    { name, phase, requests: new SharedArray(name, () => requestsIn(file)) },
  ]),
);

export const options = job.options;

function requestsIn(file: string): Request[] {
  const requests: Request[] = JSON.parse(open(file));
  return requests;
}

/** The next request of the stream that k6 is at; k6 may start one more than there are. */
export function send(): void {
  const { name, iterationInTest } = exec.scenario;
  const stream = streams.get(name);
  const request = stream?.requests[iterationInTest];
  if (stream && request) sendUntilAnswered(request, { origin: job.origin, stream: stream.name, phase: stream.phase });
}

export const handleSummary = (data: unknown): Record<string, string> => ({ [job.summary]: JSON.stringify(data) });
