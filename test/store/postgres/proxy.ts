import { once } from 'node:events';
import net from 'node:net';
import pg from 'pg';

export type Proxy = {
  readonly url: string;
  /** Cuts the connection instead of passing on the next answer of the server, so many times. */
  readonly swallowAnswers: (times: number) => void;
  /** Passes nothing on any more, in either direction, on the connections there are now. */
  readonly freeze: () => void;
  /** Cuts every connection there is, whatever is on its way. */
  readonly cutAll: () => void;
  /** How many connections were cut so far. */
  readonly cuts: () => number;
  readonly close: () => Promise<void>;
};

/** Between us and PostgreSQL, for what a network does. Our side is TCP, whatever the server listens on. */
export async function proxyTo(url: string): Promise<Proxy> {
  const { host, port, user, password, database } = new pg.Client({ connectionString: url });
  const target = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
  const sockets = new Set<net.Socket>();
  const frozen = new WeakSet<net.Socket>();
  let [toSwallow, cuts] = [0, 0];

  const server = net.createServer((ours) => {
    const theirs = net.connect(target);
    const end = () => {
      ours.destroy();
      theirs.destroy();
    };
    for (const socket of [ours, theirs]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    ours.on('data', (data) => frozen.has(ours) || theirs.write(data));
    theirs.on('data', (data) => {
      if (frozen.has(theirs)) return;
      if (toSwallow === 0) {
        ours.write(data);
      } else {
        toSwallow -= 1;
        cuts += 1;
        end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP address was asked for');
  const login = `${encodeURIComponent(user ?? '')}:${encodeURIComponent(password ?? '')}`;
  return {
    url: `postgres://${login}@127.0.0.1:${address.port}/${database}${new URL(url.replace(/@[^/]*\//, '@localhost/')).search}`,
    swallowAnswers: (times) => (toSwallow = times),
    freeze: () => {
      for (const socket of sockets) frozen.add(socket);
    },
    cutAll: () => {
      cuts += sockets.size / 2;
      for (const socket of sockets) socket.destroy();
    },
    cuts: () => cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
