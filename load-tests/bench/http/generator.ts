import { connect, type Socket } from 'node:net';
import type { Round } from '../summary.ts';

export type Load = {
  readonly port: number;
  /** Whole requests, ready to be sent. */
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly seconds: number;
  /** Whether to begin again with the first request after the last one; else the round ends there. */
  readonly over: 'again' | 'once';
};

/**
 * Sends ready-made requests over kept connections, one at a time on each, as fast as they are answered. It knows just
 * enough HTTP to be several times cheaper than what it measures.
 * @throws at the first answer that is not 200 with an admission in it: nothing else may be counted
 */
export async function drive(load: Load): Promise<Round & { readonly answers: number }> {
  const sockets = await Promise.all(Array.from({ length: load.connections }, () => open(load.port)));
  const milliseconds: number[] = [];
  let sent = 0;
  const started = performance.now();
  const end = started + load.seconds * 1000;
  const next = (): Buffer | undefined => {
    if (performance.now() >= end || (load.over === 'once' && sent >= load.requests.length)) return undefined;
    return load.requests[sent++ % load.requests.length];
  };
  try {
    await Promise.all(sockets.map((socket) => converse(socket, next, (took) => milliseconds.push(took))));
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  const answers = milliseconds.length;
  return { answers, milliseconds, perSecond: (answers / (performance.now() - started)) * 1000 };
}

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });

/** One connection's requests, each sent when the one before is answered. */
function converse(socket: Socket, next: () => Buffer | undefined, onAnswer: (milliseconds: number) => void) {
  return new Promise<void>((resolve, reject) => {
    let sentAt = 0;
    let received = '';
    const ask = () => {
      const request = next();
      if (!request) return resolve();
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!isWhole(received)) return;
      if (!isAdmission(received)) return reject(new Error(`no admission: ${received}`));
      received = '';
      onAnswer(performance.now() - sentAt);
      ask();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed a connection')));
    ask();
  });
}

/** Whether a whole answer is there; all three servers say how long theirs are. */
export function isWhole(received: string): boolean {
  const head = received.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
  if (length === undefined) throw new Error(`an answer without its length: ${received}`);
  return received.length >= head + 4 + Number(length);
}

export const isAdmission = (received: string): boolean =>
  received.startsWith('HTTP/1.1 200 ') && received.includes('"outcome":"admitted"');
