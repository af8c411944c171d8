import { setTimeout as sleep } from 'node:timers/promises';
import { answersIn } from '../../../load-tests/k6/answers.ts';
import type { Line, Request, RequestStream } from '../../../load-tests/sending/request.ts';

const atOnce = 4;

/** Sends every stream in turn, and each fact as often as it is to be sent, as k6 does but for the pace. */
export async function sendAll(origin: string, streams: readonly RequestStream[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { name, phase, perSecond, requests } of streams) {
    const waiting = requests.values();
    const worker = async () => {
      for (const request of waiting) lines.push(...(await send(origin, request, { stream: name, phase })));
    };
    // What a scan is answered may depend on the one before.
    await Promise.all(Array.from({ length: perSecond === 'at-once' ? atOnce : 1 }, worker));
  }
  return lines;
}

async function send(origin: string, request: Request, flow: Pick<Line, 'stream' | 'phase'>): Promise<Line[]> {
  const { kind, skewMs, method, path, body, token, stamp, times } = request;
  const firstAt = Date.now();
  const lines: Line[] = [];
  for (let round = 1; round <= times; round += 1) {
    const at = Date.now();
    const stamps = {
      none: {},
      delivery: { sentAt: at + skewMs },
      fact: { occurredAt: firstAt + skewMs, sentAt: at + skewMs },
    };
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === null ? {} : { body: JSON.stringify({ ...body, ...stamps[stamp] }) }),
    });
    const answered = { status: response.status, body: await response.text() };
    const answers = answersIn(answered, request, firstAt);
    lines.push({ ...flow, kind, at, ms: Date.now() - at, round, attempt: 1, status: response.status, answers });
    if (response.status === 429 || response.status === 503) await sleep(200);
  }
  return lines;
}
