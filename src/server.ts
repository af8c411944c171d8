import cluster from 'node:cluster';
import { readConfig } from './config.ts';
import { firstLink } from './first-link.ts';
import type { Ports } from './http/ports.ts';
import { createLog } from './log.ts';
import { runUntilSignal, tell } from './run-until-signal.ts';
import { readServerOptions, serverUsage } from './server-options.ts';

type Fail = (error: unknown) => void;

const options = readServerOptions(process.argv.slice(2));
if (options.asks === 'wrong') {
  process.stderr.write(`${options.why}\n`);
  process.exitCode = 2;
} else if (options.asks === 'help') tell(serverUsage);
else if (cluster.isWorker) await serveForSupervisor();
else if (options.nodes === 1) await runUntilSignal(serveAlone);
else await runUntilSignal((fail) => serveTogether(options.nodes, fail));

// Each loads what it runs, and no more: who supervises needs no pages.

async function serveForSupervisor(): Promise<void> {
  const { serveAsNode } = await import('./nodes/serve-as-node.ts');
  await serveAsNode(readConfig(process.env));
}

async function serveAlone(fail: Fail): Promise<{ close(): Promise<void> }> {
  const config = readConfig(process.env);
  const { startNode } = await import('./node.ts');
  const node = await startNode(config, { log: createLog(config), onLost: fail });
  await sayWhere(node.address, node.ports);
  return node;
}

/** @returns before the nodes serve, so that they can be told to stop again at any time. */
async function serveTogether(count: number, fail: Fail): Promise<{ close(): Promise<void> }> {
  const config = readConfig(process.env);
  const { superviseNodes } = await import('./nodes/supervise.ts');
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
