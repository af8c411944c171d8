import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { nodeMetrics } from '../metrics.ts';
import { type RunningNode, startNode } from '../node.ts';
import { sentenceOf } from '../run-until-signal.ts';
import { Supervised, type Task } from './supervised.ts';

/**
 * Serves as one of several nodes, until the supervisor says that it is enough, or somebody asks this process politely
 * to end. Without a supervisor `node:cluster` ends it at once.
 */
export async function serveAsNode(config: Config): Promise<void> {
  const supervisor = new Supervised();
  // Ctrl+C in a terminal reaches every process; the supervisor then says when to stop.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => supervisor.stop());
  try {
    await supervisor.tell({ report: 'waiting' });
    const task = await Promise.race([supervisor.task, supervisor.stopped]);
    const node = task === 'stop' ? undefined : await begin(config, task, supervisor);
    await supervisor.stopped;
    await node?.close();
    process.exit(0);
  } catch (error) {
    await supervisor.tell({ report: 'failed', why: sentenceOf(error) });
    process.exit(1);
  }
}

async function begin(config: Config, { node, databaseUrl, port }: Task, supervisor: Supervised): Promise<RunningNode> {
  const own = nodeMetrics({ node });
  supervisor.measure = () => own.text();
  const running = await startNode(
    { ...config, port },
    {
      log: createLog(config).child({ node }),
      databaseUrl,
      countTogether: supervisor.together,
      metrics: { ...own, text: async () => (await supervisor.measureAll()) ?? own.text() },
      // The supervisor holds the database, and ends all nodes when it is gone for good.
      onLost: () => {},
    },
  );
  await supervisor.tell({ report: 'serving', address: running.address });
  return running;
}
