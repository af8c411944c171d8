import { freshId } from '../../../src/commands/ids.ts';
import { passToken, signedPart } from '../../../src/domain/pass-token.ts';

export type Gate = { readonly fair: string; readonly gate: string; readonly deviceToken: string };

/** Signs what a pass says of itself, as the fair does. */
export type Sign = (fair: string, signed: Uint8Array) => Promise<Uint8Array>;

/** Whole HTTP requests, each the first check-in of another pass that a visitor took of the fair. */
export async function prepareCheckIns(count: number, gate: Gate, sign: Sign): Promise<Buffer[]> {
  const requests: Buffer[] = [];
  while (requests.length < count) requests.push(await checkIn(gate, sign));
  return requests;
}

async function checkIn({ fair, gate, deviceToken }: Gate, sign: Sign): Promise<Buffer> {
  const now = Date.now();
  const claims = { fair, pass: freshId(now), source: 'pass', category: 'individual', partySize: 1 } as const;
  const signed = signedPart({ ...claims, validFrom: null, validUntil: null });
  const token = passToken(signed, await sign(fair, signed));
  const at = new Date(now).toISOString();
  const body = JSON.stringify({ token, gate, direction: 'in', occurredAt: at, sentAt: at });
  const head = [
    `PUT /api/fairs/${fair}/scans/${freshId(now)} HTTP/1.1`,
    'host: localhost',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    `authorization: Bearer ${deviceToken}`,
    'accept-encoding: gzip, deflate, br',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
