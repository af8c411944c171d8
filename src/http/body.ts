import { Problem } from './problems.ts';

/**
 * The JSON of a request's body, counted while it streams, so that nobody makes us hold more than the limit.
 * @throws Problem 415 for another media type, 413 above `bytesMax`, 400 for what is not JSON in UTF-8.
 */
export async function readJson(request: Request, { bytesMax }: { bytesMax: number }): Promise<unknown> {
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw new Problem('not-json');
  const bytes = await readBytes(request, bytesMax);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('bad-request', { errors: [{ path: 'body', message: 'must be JSON in UTF-8' }] });
  }
}

async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array> {
  const tooLarge = () => new Problem('too-large', { detail: `at most ${bytesMax} bytes` });
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge();
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream: ReadableStream<Uint8Array> = request.body;
  for await (const chunk of stream) {
    length += chunk.byteLength;
    if (length > bytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
