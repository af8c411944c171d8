import { sleep } from 'k6';
import http, { type RefinedResponse } from 'k6/http';
import { Counter } from 'k6/metrics';
import type { Answer, Line, Request } from '../sending/request.ts';
import { answersIn } from './answers.ts';

type Flow = { readonly origin: string; readonly stream: string; readonly phase: Line['phase'] };

/** Sent again, because nobody answered or the platform was busy; and what was never answered at all. */
const retries = new Counter('retries');
const unanswered = new Counter('unanswered');

const tryAgain = new Set([0, 409, 429, 503]);
const attemptsMax = 100;
const pauseSeconds = { first: 0.05, max: 1 };

/** Sends a request as a phone does: the same again until it is answered, and then, where it is to be, once more. */
export function sendUntilAnswered(request: Request, flow: Flow): void {
  const firstAt = Date.now();
  for (let round = 1; round <= request.times; round += 1) {
    let left = request;
    for (let attempt = 1; ; attempt += 1) {
      const sentAt = Date.now();
      const response = ask(left, flow, { firstAt, sentAt });
      const answers = answersIn(response, left, firstAt);
      tell(response, answers, {
        kind: request.kind,
        at: sentAt,
        round,
        attempt,
        stream: flow.stream,
        phase: flow.phase,
      });
      const again = withoutDone(left, response.status, answers);
      if (!again) break;
      if (attempt >= attemptsMax) {
        unanswered.add(1, { kind: request.kind });
        return;
      }
      retries.add(1, { kind: request.kind });
      left = again;
      sleep(Number(response.headers['Retry-After'] ?? 0) || Math.min(pauseSeconds.first * attempt, pauseSeconds.max));
    }
  }
}

/** What has to be sent again: all of it, the items of a delivery that the platform was too busy for, or nothing. */
function withoutDone(request: Request, status: number, answers: readonly Answer[]): Request | undefined {
  if (tryAgain.has(status)) return request;
  if (request.stamp !== 'delivery' || status !== 200) return undefined;
  const waiting = new Set(answers.filter((answer) => tryAgain.has(answer.status)).map(({ id }) => id));
  if (waiting.size === 0) return undefined;
  const items = itemsOf(request).filter(({ id }) => waiting.has(id));
  return { ...request, body: { items } };
}

function ask(
  { method, path, body, token, stamp, skewMs, kind, name }: Request,
  { origin }: Flow,
  { firstAt, sentAt }: { readonly firstAt: number; readonly sentAt: number },
): RefinedResponse<'text'> {
  const times = {
    none: {},
    delivery: { sentAt: sentAt + skewMs },
    fact: { occurredAt: firstAt + skewMs, sentAt: sentAt + skewMs },
  };
  const headers: Record<string, string> = body === null ? {} : { 'content-type': 'application/json' };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  return http.request(method, `${origin}${path}`, body === null ? null : JSON.stringify({ ...body, ...times[stamp] }), {
    headers,
    tags: { kind, name, write: method === 'PUT' ? 'yes' : 'no' },
    responseType: 'text',
    timeout: '15s',
  });
}

type About = Pick<Line, 'kind' | 'at' | 'round' | 'attempt' | 'stream' | 'phase'>;

/** k6 writes what is logged to the file that the runner reads: one line for each answer, and for each that did not come. */
function tell({ status, error, timings }: RefinedResponse<'text'>, answers: readonly Answer[], about: About): void {
  const line: Line = { ...about, ms: timings.duration, status, ...(error === '' ? {} : { error }), answers };
  console.log(JSON.stringify(line));
}

function itemsOf({ body }: Request): readonly { readonly id: string }[] {
  const items: readonly { readonly id: string }[] = Array.isArray(body?.['items']) ? body['items'] : [];
  return items;
}
