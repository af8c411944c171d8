import cluster from 'node:cluster';
import { Credentials } from '../auth/credentials.ts';
import type { Config } from '../config.ts';
import { logDatabase, openGround } from '../ground.ts';
import type { Ports } from '../http/ports.ts';
import type { Log } from '../log.ts';
import { freePort } from './free-port.ts';
import { Supervisor } from './supervisor.ts';

export type Nodes = {
  /** Where visitors find them, once all of them serve. @throws NodeFailedError when one cannot begin to */
  readonly address: Promise<string>;
  readonly ports: Pick<Ports, 'credentials' | 'clock'>;
  /** Lets every node finish its requests and hand its leases over, and leaves the database. */
  readonly close: () => Promise<void>;
};

type Options = {
  readonly count: number;
  readonly log: Log;
  /** Called when the database is gone for good. */
  readonly onLost: (error: unknown) => void;
};

/**
 * Several nodes behind one port, each a process of its own; whichever ends is replaced. This process serves nobody: it
 * holds the database and the port, so that both outlive any node.
 */
export async function superviseNodes(config: Config, { count, log, onLost }: Options): Promise<Nodes> {
  // Every node accepts from one shared socket. Were connections handed out by this process, one that is on its way to a
  // node that was killed would hang for ever, instead of going to the next or being reset.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  // The processes load the program while the database is being opened.
  const task = Promise.withResolvers<{ readonly databaseUrl: string; readonly port: number }>();
  const supervisor = new Supervisor({ count, task: task.promise, log });
  try {
    await using starting = new AsyncDisposableStack();
    const ground = starting.use(await openGround(config, { as: 'server', onLost }));
    logDatabase(log, ground);
    task.resolve({ databaseUrl: ground.url, port: await freePort(config) });
    const held = starting.move();
    return {
      address: supervisor.served,
      ports: { credentials: new Credentials(ground.db, Date.now), clock: Date.now },
      close: async () => {
        await supervisor.stop();
        await held.disposeAsync();
      },
    };
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}
