import { describe, expect, test } from 'vitest';
import { KurrentConnection } from '../../../src/store/kurrent/connection.ts';

const connect = (url: string) => new KurrentConnection(url, { name: 'somebody-', callSecondsMax: 1 });

describe('an address', () => {
  test.each(['esdb://host:2113', 'esdb://host:2113?keepAliveInterval=5000', 'esdb://user@host:2113'])(
    'without a login is refused where it would be needed: %s',
    (url) => {
      expect(() => connect(url)).toThrow('needs a login');
    },
  );

  test.each(['esdb://host:2113?tls=false', 'esdb://user:secret@host:2113', 'esdb://user:secret@a:2113,b:2113'])(
    'with a login, or of a server for trials, will do: %s',
    async (url) => {
      await expect(connect(url).close()).resolves.toBeUndefined();
    },
  );
});
