import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing, syncFolder } from './durable-file.ts';
import { hashBytes } from './leaf.ts';
import type { SealedLeaf } from './stored-tree.ts';

const positionBytes = 8;
const recordBytes = positionBytes + hashBytes;

/**
 * The leaves in a file: for each the position of its event (8 bytes, the highest first) and its hash (32 bytes). With it
 * a checkpoint that does not fit the log any more leads to the fact that was changed. It may reach beyond the last
 * checkpoint, where sealing was broken off; what is beyond is written again.
 */
export class OutsideLeaves {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Whole records. */
  async count(): Promise<number> {
    try {
      return Math.floor((await stat(this.#file)).size / recordBytes);
    } catch (error) {
      if (isMissing(error)) return 0;
      throw error;
    }
  }

  /** At most `limit` leaves from leaf `from` on; none where there is no file. */
  async read(from: number, limit: number): Promise<SealedLeaf[]> {
    const there = Math.min(limit, (await this.count()) - from);
    if (there <= 0) return [];
    const handle = await open(this.#file, 'r');
    try {
      const bytes = Buffer.alloc(there * recordBytes);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, from * recordBytes);
      return recordsOf(bytes.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  }

  /** Writes leaves to their own places, so that whoever writes them again writes the same; on disk when it resolves. */
  async keep(from: number, leaves: readonly SealedLeaf[]): Promise<void> {
    const handle = await open(this.#file, constants.O_RDWR | constants.O_CREAT, 0o644);
    try {
      await writeAll(handle, Buffer.concat(leaves.map(recordOf)), from * recordBytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (from === 0) await syncFolder(dirname(this.#file));
  }
}

/** One write may take a part only. */
async function writeAll(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, at + written);
    written += bytesWritten;
  }
}

function recordOf({ position, hash }: SealedLeaf): Buffer {
  const record = Buffer.alloc(recordBytes);
  record.writeBigUInt64BE(BigInt(position));
  hash.copy(record, positionBytes);
  return record;
}

const recordsOf = (bytes: Buffer): SealedLeaf[] =>
  Array.from({ length: Math.floor(bytes.length / recordBytes) }, (_, at) => {
    const record = bytes.subarray(at * recordBytes, (at + 1) * recordBytes);
    return { position: Number(record.readBigUInt64BE()), hash: record.subarray(positionBytes) };
  });
