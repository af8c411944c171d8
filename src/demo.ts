import { type Config, readConfig } from './config.ts';
import { FairClock } from './demo/clock.ts';
import { type DemoOptions, demoUsage, readDemoOptions } from './demo/options.ts';
import { morning } from './demo/plan/calendar.ts';
import { planFair } from './demo/plan/plan-fair.ts';
import { presentFair } from './demo/present-fair.ts';
import { refuseOtherFairs } from './demo/refuse-other-fairs.ts';
import type { Ports } from './http/ports.ts';
import { createLog } from './log.ts';
import { startNode } from './node.ts';
import { runUntilSignal, tell } from './run-until-signal.ts';

/** All the demo's phones call from one machine. */
const plenty = { perSecond: 1_000_000, burst: 1_000_000 };
const limits = { credential: plenty, address: plenty, crowd: plenty, streamsMax: { credential: 100, crowd: 1_000 } };

const args = process.argv.slice(2);
if (args.includes('--help')) tell(demoUsage);
else await runUntilSignal((fail) => startDemo(args, fail));

/** @returns as soon as there is a server to close; the fair goes on in it. */
async function startDemo(args: readonly string[], fail: (error: unknown) => void): Promise<{ close(): Promise<void> }> {
  const options = readDemoOptions(args);
  const config = configFor(options);
  const plan = planFair(options.plan);
  const clock = new FairClock(morning);
  const node = await startNode(config, {
    log: createLog(config, process.stderr),
    clock: clock.now,
    limits,
    check: (store) => refuseOtherFairs(store, plan.fair, config.databaseUrl ? 'DATABASE_URL' : config.dataDir),
    onLost: fail,
  });
  const ending = new AbortController();
  const close = () => {
    ending.abort();
    return node.close();
  };
  const { signal } = ending;
  const ownerToken = await ownersToken(node.ports, plan.fair);
  presentFair({ plan, options, clock, origin: node.origin, ownerToken, folder: config.dataDir, signal, tell })
    .then(async () => {
      if (options.afterwards === 'keep-serving') return clock.run();
      await close();
      process.exit(0);
    })
    .catch(async (error: unknown) => {
      if (signal.aborted) return;
      await close();
      fail(error);
    });
  return { close };
}

/** A folder of its own, and where it serves nobody else any port; warnings only, so that the last line is the demo's. */
function configFor({ afterwards }: Pick<DemoOptions, 'afterwards'>): Config {
  return readConfig({
    ...process.env,
    DATA_DIR: process.env['DATA_DIR'] || '.data-demo',
    LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn',
    PORT: process.env['PORT'] || (afterwards === 'exit' ? '0' : ''),
  });
}

/** The owner's only token that no link led to; asked again it is the same one. */
async function ownersToken({ credentials, secretFor }: Ports, subject: string): Promise<string> {
  const secret = secretFor('token', ['demo', 'owner']);
  const owner = { secret, kind: 'token', role: 'owner', fair: null, subject, expiresAt: null } as const;
  await credentials.issueNamed(owner, { name: 'demo', digest: 'demo' });
  return secret;
}
