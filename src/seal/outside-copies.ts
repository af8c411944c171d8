import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheckpoint } from './checkpoint.ts';
import { readIfThere, replaceFile } from './durable-file.ts';
import { OutsideLeaves } from './outside-leaves.ts';
import { type PublishedKey, PublishedKeys } from './published-keys.ts';

/**
 * What is kept of the seal outside the database, below `DATA_DIR/seal`: every checkpoint in a file of its own, the last
 * one once more, the leaves, and the keys to check them with. Whoever has the database alone can change none of it.
 */
export class OutsideCopies {
  readonly folder: string;
  readonly leaves: OutsideLeaves;

  constructor({ dataDir }: { readonly dataDir: string }) {
    this.folder = join(dataDir, 'seal');
    this.leaves = new OutsideLeaves(join(this.folder, 'leaves'));
  }

  /** The note of the last checkpoint; undefined before the first. */
  latest(): Promise<string | undefined> {
    return readIfThere(this.#latest);
  }

  /** The note of the checkpoint of so many leaves, where there was one. */
  checkpoint(size: number): Promise<string | undefined> {
    return readIfThere(this.#checkpoint(size));
  }

  /** Of how many leaves there are checkpoints, the smallest first. */
  async checkpointSizes(): Promise<number[]> {
    const files = await readdir(join(this.folder, 'checkpoints')).catch(() => []);
    const sizes = files.map((file) => Number(/^(\d+)\.txt$/.exec(file)?.[1] ?? Number.NaN));
    return sizes.filter((size) => Number.isSafeInteger(size)).sort((a, b) => a - b);
  }

  /**
   * Keeps a checkpoint whose leaves are kept already; on disk when it resolves. It is the last one before it has a file of
   * its own: what is signed next is held to it, should this be broken off.
   * @throws where the last one is of more leaves: another process has sealed meanwhile
   */
  async keepCheckpoint(note: string): Promise<void> {
    const { size } = parseCheckpoint(note);
    const latest = await this.latest();
    if (latest !== undefined && parseCheckpoint(latest).size > size)
      throw new Error(`a checkpoint of more than ${size} leaves is kept already`);
    await mkdir(join(this.folder, 'checkpoints'), { recursive: true });
    await replaceFile(this.#latest, note);
    await replaceFile(this.#checkpoint(size), note);
  }

  /** The keys of the log, the oldest first; none before it was sealed here. */
  async keys(): Promise<PublishedKey[]> {
    const text = await readIfThere(this.#keys);
    return text === undefined ? [] : PublishedKeys.parse(JSON.parse(text));
  }

  async keepKeys(keys: readonly PublishedKey[]): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await replaceFile(this.#keys, `${JSON.stringify(keys, undefined, 2)}\n`);
  }

  get #latest(): string {
    return join(this.folder, 'checkpoint');
  }

  get #keys(): string {
    return join(this.folder, 'verifiers.json');
  }

  #checkpoint(size: number): string {
    return join(this.folder, 'checkpoints', `${size}.txt`);
  }
}
