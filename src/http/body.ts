import { Problem } from './problems.ts';

/**
 * The JSON of a request's body, of which nobody makes us hold more than the limit.
 * @throws Problem 415 for another media type, 413 above `bytesMax`, 400 for what is not JSON in UTF-8.
 */
export async function readJson(request: Request, { bytesMax }: { bytesMax: number }): Promise<unknown> {
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw new Problem('not-json');
  const bytes = await readBytes(request, bytesMax);
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    throw new Problem('bad-request', { errors: [{ path: 'body', message: 'must be JSON in UTF-8' }] });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Whoever says how much comes is read at once, since no runtime hands on more than that; the rest is counted. */
async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array> {
  const tooLarge = () => new Problem('too-large', { detail: `at most ${bytesMax} bytes` });
  const declared = request.headers.get('content-length');
  if (Number(declared ?? 0) > bytesMax) throw tooLarge();
  const bytes = declared === null ? await readChunks(request, bytesMax) : new Uint8Array(await request.arrayBuffer());
  if (!bytes || bytes.byteLength > bytesMax) throw tooLarge();
  return bytes;
}

/** @returns undefined as soon as there are more */
async function readChunks(request: Request, bytesMax: number): Promise<Uint8Array | undefined> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream: ReadableStream<Uint8Array> = request.body;
  for await (const chunk of stream) {
    length += chunk.byteLength;
    if (length > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
