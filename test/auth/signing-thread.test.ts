import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { SigningThread } from '../../src/auth/signing-thread.ts';

const keys = [1, 2].map(() => generateKeyPairSync('ed25519').privateKey);
const messages = Array.from({ length: 300 }, (_, nth) => Buffer.from('x'.repeat(nth % 50) + nth));

let thread = new SigningThread();
afterEach(async () => {
  await thread.close();
  thread = new SigningThread();
});

describe('the thread that signs', () => {
  it('gives everybody the signature of his own message by his own key', async () => {
    for (const _ of [1, 2]) {
      const asked = messages.flatMap((message) => keys.map((key) => ({ key, message })));
      const signatures = await Promise.all(asked.map(({ key, message }) => thread.sign(key, message)));
      const expected = asked.map(({ key, message }) => sign(null, message, key).toString('hex'));
      expect(signatures.map((signature) => Buffer.from(signature).toString('hex'))).toEqual(expected);
    }
  });

  it('signs what is asked for while it is busy', async () => {
    const [key] = keys;
    if (!key) throw new Error('no key');
    const answers: string[] = [];
    const ask = async (message: Buffer, depth: number): Promise<void> => {
      const signature = Buffer.from(await thread.sign(key, message)).toString('hex');
      expect(signature).toBe(sign(null, message, key).toString('hex'));
      answers.push(signature);
      if (depth > 0) await Promise.all([ask(Buffer.from(signature), depth - 1), ask(message, depth - 1)]);
    };
    await ask(Buffer.from('first'), 5);
    expect(answers).toHaveLength(63);
  });

  it('tells those who wait that it has ended, and begins anew with the next', async () => {
    const [key] = keys;
    const [message] = messages;
    if (!key || !message) throw new Error('nothing to sign');
    await thread.sign(key, message);
    const told = Promise.allSettled(Array.from({ length: 20 }, () => thread.sign(key, message)));
    await thread.close();
    expect((await told).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'rejected'));
    expect(Buffer.from(await thread.sign(key, message))).toEqual(sign(null, message, key));
  });

  it('leaves nobody waiting where it ends while it is busy', async () => {
    const [key] = keys;
    const [message] = messages;
    if (!key || !message) throw new Error('nothing to sign');
    await thread.sign(key, message);
    const told = Promise.allSettled(Array.from({ length: 20 }, () => thread.sign(key, message)));
    await new Promise((turn) => setImmediate(turn));
    await thread.close();
    // Answers may have been on their way.
    const given = (await told).flatMap((result) => (result.status === 'fulfilled' ? [Buffer.from(result.value)] : []));
    expect(given).toEqual(given.map(() => sign(null, message, key)));
    expect(Buffer.from(await thread.sign(key, message))).toEqual(sign(null, message, key));
  });

  it('tells those who wait what cannot be handed to it, and begins anew with the next', async () => {
    const [key] = keys;
    const [message] = messages;
    if (!key || !message) throw new Error('nothing to sign');
    const asked = [thread.sign(key, message), thread.sign(new Proxy(key, {}), message), thread.sign(key, message)];
    const told = await Promise.allSettled(asked);
    expect(told).toMatchObject(asked.map(() => ({ status: 'rejected', reason: { name: 'DataCloneError' } })));
    expect(Buffer.from(await thread.sign(key, message))).toEqual(sign(null, message, key));
  });
});
