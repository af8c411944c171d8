import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { readBindings } from '../../src/worker/bindings.ts';

const bindings = {
  HYPERDRIVE: { connectionString: 'postgres://hoi_sach_app:secret@hyperdrive.local/hoisach' },
  ASSETS: { fetch: async () => new Response() },
  VAULT_KEY: 'A1'.repeat(32),
};

const mistakesOf = (given: object): readonly string[] => {
  try {
    readBindings(given);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  throw new Error('nothing was wrong');
};

describe('the bindings of a Worker', () => {
  test('are the database, the assets and the key; the rest has defaults', () => {
    const config = readBindings(bindings);
    expect(config.connectionString()).toBe(bindings.HYPERDRIVE.connectionString);
    expect(config.vaultKey.reveal()).toBe(bindings.VAULT_KEY);
    expect(config).toMatchObject({ limitPerToken: 100, limitPerAddress: 300, logLevel: 'info' });
    expect(config.publicUrl).toBeUndefined();
  });

  test('may say more, as the environment does on Node', () => {
    const more = { PUBLIC_URL: 'https://hoisach.example/', LIMIT_PER_TOKEN: '7', LOG_LEVEL: 'warn' };
    expect(readBindings({ ...bindings, ...more, EVENT_STORE: 'postgres' })).toMatchObject({
      publicUrl: 'https://hoisach.example',
      limitPerToken: 7,
      logLevel: 'warn',
    });
  });

  test('are refused with every mistake at once, and what is not offered by its name', () => {
    const mistakes = mistakesOf({ VAULT_KEY: 'short', EVENT_STORE: 'kurrent', DATA_DIR: '.data', PORT: '3000' });
    expect(mistakes.map((mistake) => mistake.split(':')[0])).toEqual([
      'HYPERDRIVE',
      'ASSETS',
      'VAULT_KEY',
      'EVENT_STORE',
      'DATA_DIR',
      'PORT',
    ]);
  });

  test('are never named by their values', () => {
    const given = { ...bindings, VAULT_KEY: 'hunter2', DATABASE_URL: 'postgres://owner:hunter2@db/x' };
    expect(mistakesOf(given).join('\n')).not.toContain('hunter2');
    expect(mistakesOf({ ...bindings, VAULT_KEY: '' })).toEqual([expect.stringContaining('wrangler secret put')]);
  });
});
