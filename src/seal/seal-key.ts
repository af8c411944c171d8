import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secret } from '../config.ts';
import { createOnce } from '../keys/create-once.ts';
import { isMissing, readIfThere, replaceFile, syncFolder } from './durable-file.ts';
import { newSignerKey, type NoteSigner, readSignerKey } from './note-keys.ts';
import type { OutsideCopies } from './outside-copies.ts';
import { SealRefused } from './seal-refused.ts';

/** Where the key that signs is: `SEAL_KEY`, or a file that a database superuser of the same OS user could read. */
export type SealKeySource = 'environment' | 'file';

/** The key that signs the log's checkpoints. It names the log, and is never in the database. */
export class SealKey {
  readonly source: SealKeySource;
  readonly #given: Secret | undefined;
  readonly #outside: OutsideCopies;

  constructor({ sealKey, outside }: { readonly sealKey?: Secret | undefined; readonly outside: OutsideCopies }) {
    this.source = sealKey ? 'environment' : 'file';
    this.#given = sealKey;
    this.#outside = outside;
  }

  /**
   * Made now where nothing was ever sealed here; read again each time, since it may be replaced while servers run.
   * @throws SealRefused where it is gone, or is no key
   */
  async signer(): Promise<NoteSigner> {
    if (this.#given) return signerOf(this.#given.reveal());
    await this.#finishReplacing();
    return signerOf((await readIfThere(this.#file)) ?? (await this.#make()));
  }

  /** Puts the key that follows beside the present one, for `replace` to put in its place. */
  async prepareNext(): Promise<NoteSigner> {
    const { name } = await this.signer();
    const key = newSignerKey(name);
    await replaceFile(this.nextFile, `${key}\n`, { mode: 0o600 });
    return signerOf(key);
  }

  /** Where it comes from the environment, whoever starts the servers has to take the new one from `nextFile`. */
  async replace(): Promise<void> {
    if (this.source === 'environment') return;
    await rename(this.nextFile, this.#file);
    await syncFolder(this.#outside.folder);
  }

  /**
   * Removes keys that were being written by a process that was killed: files of which nothing is in use, older than an
   * hour, since another process may be writing one now.
   */
  async removeDrafts(now = Date.now()): Promise<void> {
    const { folder } = this.#outside;
    const files = await readdir(folder).catch(() => []);
    for (const file of files.filter((name) => draft.test(name))) {
      // One that was being written may have become the key meanwhile.
      const found = await stat(join(folder, file)).catch(goneMeanwhile);
      if (found && now - found.mtimeMs > draftMsMax) await rm(join(folder, file), { force: true });
    }
  }

  get nextFile(): string {
    return join(this.#outside.folder, 'key.next');
  }

  get #file(): string {
    return join(this.#outside.folder, 'key');
  }

  async #make(): Promise<string> {
    if ((await this.#outside.latest()) !== undefined || (await this.#outside.keys()).length > 0)
      throw new SealRefused(`the key that sealed this log is gone: restore ${this.#file}, or set SEAL_KEY`);
    await mkdir(this.#outside.folder, { recursive: true });
    await createOnce(this.#file, newSignerKey(`hoi-sach/${randomBytes(8).toString('hex')}`));
    return (await readIfThere(this.#file)) ?? '';
  }

  /** Whoever replaced the key may have been killed between handing over to it and putting it in its place. */
  async #finishReplacing(): Promise<void> {
    const next = await readIfThere(this.nextFile);
    const published = (await this.#outside.keys()).at(-1);
    if (next !== undefined && signerOf(next).verifierKey === published?.verifier) await this.replace();
  }
}

/** As `createOnce` and `replaceFile` name them. */
const draft = /^key(\.next)?\.[0-9a-f]{8}-[0-9a-f-]{27}$/;
const draftMsMax = 3_600_000;

function signerOf(text: string): NoteSigner {
  try {
    return readSignerKey(text.trim());
  } catch (error) {
    throw new SealRefused(error instanceof Error ? error.message : String(error));
  }
}

function goneMeanwhile(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
