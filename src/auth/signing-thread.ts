import type { KeyObject } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Signatures, ToSign } from './signing-work.ts';

/** Signs a message with an Ed25519 key; 64 bytes. */
export type SignAside = (key: KeyObject, message: Uint8Array) => Promise<Uint8Array>;

type Waiting = {
  readonly key: KeyObject;
  readonly message: Uint8Array;
  readonly resolve: (signature: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * One thread that signs. What is asked for within a turn of the event loop, and while the thread is busy, goes to it
 * together: handing a single signature over costs as much as making it. It is started by the first signature.
 */
export class SigningThread {
  #worker: Worker | undefined;
  /** By the number under which the thread has them. */
  #keys = new Map<KeyObject, number>();
  #waiting: Waiting[] = [];
  #signing: readonly Waiting[] = [];
  #isFlushing = false;

  readonly sign: SignAside = (key, message) =>
    new Promise((resolve, reject) => {
      this.#waiting.push({ key, message, resolve, reject });
      this.#flushSoon();
    });

  /** Whoever still waits is told that it is over. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #flushSoon(): void {
    if (this.#isFlushing || this.#signing.length > 0) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      try {
        this.#flush();
      } catch (error) {
        const worker = this.#worker;
        this.#lose(worker, error);
        void worker?.terminate();
      }
    });
  }

  /** @throws where no thread can be started, or something cannot be handed to it */
  #flush(): void {
    if (this.#waiting.length === 0) return;
    const worker = (this.#worker ??= this.#start());
    const newKeys: [number, KeyObject][] = [];
    this.#signing = this.#waiting;
    this.#waiting = [];
    const messages = this.#signing.map(({ key, message }) => {
      const known = this.#keys.get(key) ?? this.#keys.size;
      if (known === this.#keys.size) {
        this.#keys.set(key, known);
        newKeys.push([known, key]);
      }
      return { key: known, length: message.length };
    });
    const work: ToSign = { newKeys, messages, bytes: Buffer.concat(this.#signing.map(({ message }) => message)) };
    worker.postMessage(work, []);
  }

  #start(): Worker {
    const worker = new Worker(new URL('signing-work.ts', import.meta.url));
    worker.unref();
    worker.on('message', (signatures: Signatures) => {
      const done = this.#signing;
      this.#signing = [];
      done.forEach(({ resolve }, index) => resolve(signatures.subarray(index * 64, (index + 1) * 64)));
      if (this.#waiting.length > 0) this.#flushSoon();
    });
    worker.on('error', (error) => this.#lose(worker, error));
    worker.on('exit', () => this.#lose(worker, new Error('the thread that signs has ended')));
    return worker;
  }

  /** The next signature begins with another thread. */
  #lose(worker: Worker | undefined, error: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#keys = new Map();
    const lost = [...this.#signing, ...this.#waiting];
    this.#signing = [];
    this.#waiting = [];
    for (const { reject } of lost) reject(error);
  }
}
