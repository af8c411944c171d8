import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../config.ts';

/**
 * The port that all nodes will share, now and whenever one is replaced; for 0 one that is free.
 * @throws EADDRINUSE where somebody else has it
 */
export async function freePort({ port, host }: Pick<Config, 'port' | 'host'>): Promise<number> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : port;
}
