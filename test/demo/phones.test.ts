import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Issued } from '../../src/demo/api/issued.ts';
import { recallPhones, rememberPhones } from '../../src/demo/phones.ts';
import { UsageError } from '../../src/demo/usage-error.ts';

const plain = { deliveries: 1, order: 'as-it-happened' } as const;
const shuffled = { deliveries: 1, order: 'shuffled' } as const;

describe('what phones keep between two runs', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hoi-sach-phones-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const remember = async () => {
    const issued = new Issued();
    issued.tokens.set('a phone', 'a token');
    await rememberPhones(folder, plain, issued);
  };

  it('is nothing at first', async () => {
    const issued = new Issued();
    await recallPhones(folder, plain, issued);
    expect(issued.tokens).toEqual(new Map());
  });

  it('is their tokens, in a file that only its owner can read', async () => {
    await remember();
    const issued = new Issued();
    await recallPhones(folder, { ...plain, deliveries: 3 }, issued);
    expect(issued.tokens).toEqual(new Map([['a phone', 'a token']]));
    expect((await stat(join(folder, 'demo-phones.json'))).mode & 0o777).toBe(0o600);
  });

  it('is of no use for a run in another order', async () => {
    await remember();
    await expect(recallPhones(folder, shuffled, new Issued())).rejects.toThrow(UsageError);
    await expect(recallPhones(folder, shuffled, new Issued())).rejects.toThrow(/sent without --shuffle/);
  });
});
