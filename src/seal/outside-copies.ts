import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheckpoint } from './checkpoint.ts';
import { readIfThere, replaceFile } from './durable-file.ts';
import { OutsideLeaves } from './outside-leaves.ts';
import { type PublishedKey, PublishedKeys } from './published-keys.ts';

/**
 * What is kept of the seal outside the database, below `DATA_DIR/seal`: every checkpoint of the last day in a file of its own and some of
 * those before (docs/seal.md), the last one once more, the leaves, and the keys to check them with. Whoever has the database alone can change none of it.
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

  /** When each checkpoint was written, in ms since 1970, the smallest first. */
  async checkpointTimes(): Promise<{ readonly size: number; readonly at: number }[]> {
    const times: { readonly size: number; readonly at: number }[] = [];
    for (const size of await this.checkpointSizes()) {
      const file = await stat(this.#checkpoint(size)).catch(() => undefined);
      if (file) times.push({ size, at: file.mtimeMs });
    }
    return times;
  }

  /** Removes the file of one checkpoint; that of the last one stays where it is besides. */
  async removeCheckpoint(size: number): Promise<void> {
    await rm(this.#checkpoint(size), { force: true });
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
