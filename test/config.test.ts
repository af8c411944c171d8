import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const mistakesOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
};

const sealKey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: resolve('.data'),
      databaseUrl: undefined,
      databaseOwnerUrl: undefined,
      eventStore: undefined,
      publicUrl: undefined,
      trustedProxies: [],
      vaultKey: undefined,
      sealKey: undefined,
      limitPerToken: 100,
      limitPerAddress: 300,
      logLevel: 'info',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', DATA_DIR: '' })).toEqual(readConfig({}));
  });

  it('reads each variable', () => {
    const config = readConfig({
      PORT: '8080',
      HOST: '0.0.0.0',
      DATA_DIR: '/var/lib/hoi-sach',
      DATABASE_URL: 'postgres://app:one@db/fair',
      DATABASE_OWNER_URL: 'postgresql://owner:two@/fair?host=/run/postgresql',
      EVENT_STORE: 'esdb://user:three@db:2113?tls=true',
      PUBLIC_URL: 'https://hoisach.example.vn/',
      TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1',
      VAULT_KEY: 'ab'.repeat(32),
      SEAL_KEY: sealKey,
      LOG_LEVEL: 'warn',
    });
    expect(config).toMatchObject({ port: 8080, host: '0.0.0.0', dataDir: '/var/lib/hoi-sach', logLevel: 'warn' });
    expect(config.databaseUrl?.reveal()).toBe('postgres://app:one@db/fair');
    expect(config.databaseOwnerUrl?.reveal()).toBe('postgresql://owner:two@/fair?host=/run/postgresql');
    expect(config.eventStore?.reveal()).toBe('esdb://user:three@db:2113?tls=true');
    expect(readConfig({ EVENT_STORE: 'postgres' }).eventStore).toBeUndefined();
    const cluster =
      'esdb://admin:changeit@a.example:2113,b.example,c:2113?tlsCAFile=/etc/ca.crt&keepAliveInterval=10000';
    expect(readConfig({ EVENT_STORE: cluster }).eventStore?.reveal()).toBe(cluster);
    expect(config.publicUrl).toBe('https://hoisach.example.vn');
    expect(config.trustedProxies).toEqual(['10.0.0.0/8', '2001:db8::1']);
    expect(config.vaultKey?.reveal()).toBe('ab'.repeat(32));
    expect(config.sealKey?.reveal()).toBe(sealKey);
  });

  it('names every mistake at once, and no value', () => {
    const mistakes = mistakesOf({
      PORT: 'three thousand',
      DATABASE_URL: 'mysql://root:hunter2@db/fair',
      PUBLIC_URL: 'hoisach.example.vn',
      VAULT_KEY: 'hunter2',
      LOG_LEVEL: 'loud',
    });
    expect(mistakes.map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'PUBLIC_URL',
      'VAULT_KEY',
      'LOG_LEVEL',
    ]);
    expect(mistakes.join('\n')).not.toMatch(/hunter2|three thousand|hoisach\.example/);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['DATABASE_URL', 'postgres://user:p@ss word@[db/fair'],
    ['DATABASE_OWNER_URL', 'postgres://owner:two@db/fair'],
    ['EVENT_STORE', 'http://db:2113'],
    ['EVENT_STORE', 'esdb://admin:p@ss@db:2113'],
    ['EVENT_STORE', 'esdb://admin:pass@db:2113?tlsVerifyCert=false'],
    ['EVENT_STORE', 'esdb://db:2113?tls=perhaps'],
    ['VAULT_KEY', 'ab'.repeat(31)],
    ['SEAL_KEY', 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['PUBLIC_URL', 'ftp://hoisach.example.vn'],
    ['LIMIT_PER_TOKEN', '0'],
    ['LIMIT_PER_ADDRESS', 'many'],
  ])('refuses %s=%s alone', (name, value) => {
    expect(mistakesOf({ [name]: value }).map((line) => line.split(':')[0])).toEqual([name]);
  });

  it('refuses a proxy that is no address', () => {
    expect(mistakesOf({ TRUSTED_PROXIES: '10.0.0.1, everyone' })).toEqual([
      expect.stringMatching(/^TRUSTED_PROXIES\.1: /),
    ]);
  });

  it('shows no secret however it is printed', () => {
    const secrets = { DATABASE_URL: 'postgres://app:hunter2@db/fair', VAULT_KEY: 'ab'.repeat(32), SEAL_KEY: sealKey };
    const config = readConfig(secrets);
    for (const printed of [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      String(config.vaultKey),
      String(config.sealKey),
    ]) {
      expect(printed).not.toMatch(/hunter2|abab|AYEKFALV/);
      expect(printed).toContain('[secret]');
    }
  });
});
