import { once } from 'node:events';
import net from 'node:net';

export type TcpProxy = {
  readonly url: string;
  /** Cuts every connection there is. @returns how many those were */
  readonly cut: () => number;
  readonly close: () => Promise<void>;
};

/** Between us and a KurrentDB, for what a network does to connections. */
export async function proxyTo(url: string): Promise<TcpProxy> {
  const [, before = '', host = '', port = '2113', after = ''] =
    /^(esdb:\/\/(?:[^@/]*@)?)([^:/?,]+)(?::(\d+))?\/?(\?.*)?$/.exec(url) ?? [];
  if (host === '') throw new Error('one server is asked through the proxy: esdb://host:2113');
  const sockets = new Set<net.Socket>();
  const server = net.createServer((ours) => {
    const theirs = net.connect({ host, port: Number(port) });
    for (const [socket, other] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP address was asked for');
  const cut = () => {
    const cuts = sockets.size;
    for (const socket of sockets) socket.destroy();
    return cuts;
  };
  return {
    url: `${before}localhost:${address.port}${after}`,
    cut,
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
