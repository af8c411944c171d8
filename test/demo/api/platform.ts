import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiClient } from '../../../src/demo/api/client.ts';

const open: Server[] = [];
export function closePlatforms(): void {
  for (const server of open.splice(0)) server.close();
}

export type Answering = (response: ServerResponse) => void;
export const status =
  (code: number, body: unknown, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response.writeHead(code, headers).end(JSON.stringify(body));
export const hangUp: Answering = (response) => void response.destroy();
/** Says that all is well and breaks off in the middle of what it says. */
export const breakOff: Answering = (response) =>
  void response.writeHead(200, { 'content-length': 1000 }).write('{"outcome":', () => response.destroy());

/** A platform that gives these answers one after the other, and what it was asked. */
export async function platform(...answers: Answering[]) {
  const asked: {
    method: string | undefined;
    url: string | undefined;
    authorization: string | undefined;
    body: string;
  }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method, url, headers } = request;
      asked.push({ method, url, authorization: headers.authorization, body: Buffer.concat(parts).toString() });
      answers.shift()?.(response);
    });
  });
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address: string | AddressInfo | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = `http://127.0.0.1:${address.port}`;
  return { asked, origin, client: new ApiClient({ origins: [origin], attemptsMax: 4 }) };
}
