import type { FileHandle } from 'node:fs/promises';

/** A line of a file, without its end, and where it begins (bytes). */
export type LineAt = { readonly text: string; readonly at: number; readonly bytes: number };

const newline = 0x0a;
const chunkBytes = 1 << 20;

/** The lines of a file, however long it is. The file stays open. */
export async function* linesOf(file: FileHandle): AsyncIterable<LineAt> {
  let rest = Buffer.alloc(0);
  let at = 0;
  for (;;) {
    const chunk = Buffer.alloc(chunkBytes);
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, at + rest.length);
    if (bytesRead === 0) break;
    rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    let from = 0;
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline, from)) {
      yield lineAt(rest.subarray(from, end), at + from);
      from = end + 1;
    }
    rest = rest.subarray(from);
    at += from;
  }
  if (rest.length > 0) yield lineAt(rest, at);
}

const lineAt = (bytes: Buffer, at: number): LineAt => ({ text: bytes.toString('utf8'), at, bytes: bytes.length });
