import cluster from 'node:cluster';
import { readConfig } from './config.ts';
import { firstLink } from './first-link.ts';
import type { Ports } from './http/ports.ts';
import { createLog } from './log.ts';
import { startNode } from './node.ts';
import { serveAsNode } from './nodes/serve-as-node.ts';
import { superviseNodes } from './nodes/supervise.ts';
import { runUntilSignal, tell } from './run-until-signal.ts';
import { readServerOptions, serverUsage } from './server-options.ts';

type Fail = (error: unknown) => void;

const options = readServerOptions(process.argv.slice(2));
if (options.asks === 'wrong') {
  process.stderr.write(`${options.why}\n`);
  process.exitCode = 2;
} else if (options.asks === 'help') tell(serverUsage);
else if (cluster.isWorker) await serveAsNode(readConfig(process.env));
else if (options.nodes === 1) await runUntilSignal(serveAlone);
else await runUntilSignal((fail) => serveTogether(options.nodes, fail));

async function serveAlone(fail: Fail): Promise<{ close(): Promise<void> }> {
  const config = readConfig(process.env);
  const node = await startNode(config, { log: createLog(config), onLost: fail });
  await sayWhere(node.address, node.ports);
  return node;
}

/** @returns before the nodes serve, so that they can be told to stop again at any time. */
async function serveTogether(count: number, fail: Fail): Promise<{ close(): Promise<void> }> {
  const config = readConfig(process.env);
  const nodes = await superviseNodes(config, { count, log: createLog(config), onLost: fail });
  nodes.address
    .then((address) => sayWhere(address, nodes.ports))
    .catch(async (error: unknown) => {
      await nodes.close();
      fail(error);
    });
  return nodes;
}

async function sayWhere(address: string, ports: Pick<Ports, 'credentials' | 'clock'>): Promise<void> {
  tell(`Hội Sách: ${address}`);
  const link = await firstLink(ports, address);
  if (link !== undefined)
    tell(`\nMở liên kết này một lần để trở thành chủ hệ thống (open once to become the owner):\n${link}\n`);
}
