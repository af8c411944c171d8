import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Plan, planLoad } from '../plan/plan.ts';
import { type Scenario, scenarios } from '../scenarios.ts';
import { k6Options } from '../sending/k6-options.ts';
import type { Line } from '../sending/request.ts';
import { requestStreams } from '../sending/requests.ts';
import { clientOf } from '../server/client.ts';
import { type Server, startServer } from '../server/server-process.ts';
import { type OpenFair, setUpFair } from '../setup/set-up-fair.ts';
import { compare, type Platform, type Truth } from '../truth/differences.ts';
import { readFigures, readPlatform } from '../truth/read-platform.ts';
import type { K6 } from './find-k6.ts';
import { type Disaster, killProjector } from './kill.ts';
import type { RunOptions } from './options.ts';
import { runK6, type Summary } from './run-k6.ts';
import { LivePage } from './watch.ts';
import { visitsOn } from '../report/checks.ts';

/** Everything that was seen of a load. */
export type Seen = {
  readonly scenario: Scenario;
  /** ms since 1970. */
  readonly startedAt: number;
  readonly summary: Summary;
  readonly lines: readonly Line[];
  readonly platform: Platform;
  readonly truth: Truth;
  readonly pages: readonly LivePage[];
  readonly disaster: Disaster | undefined;
  readonly caughtUpMs: number;
};

export type Running = {
  readonly k6: K6;
  readonly signal: AbortSignal;
  /** A line about what is being done. */
  readonly tell: (line: string) => void;
};

/** Puts a load on a fresh server and looks at what became of it; the server and its database are gone afterwards. */
export async function runLoad(options: RunOptions, running: Running): Promise<Seen> {
  const below = resolve('.data-load');
  await mkdir(below, { recursive: true });
  // Below the working directory, since a folder for temporary files may be no disk at all.
  const folder = await mkdtemp(join(below, `${options.scenario}-`));
  try {
    running.tell(`Starting a server (${options.nodes} node${options.nodes === 1 ? '' : 's'}) …`);
    const server = await startServer({ dataDir: join(folder, 'data'), nodes: options.nodes });
    try {
      return await loadOn(server, folder, { ...running, options });
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Load = Running & { readonly options: RunOptions };

async function loadOn(server: Server, folder: string, { k6, signal, tell, options }: Load): Promise<Seen> {
  const scenario = scenarios[options.scenario];
  const { seed, seconds } = options;
  const plan = planLoad({ scenario: scenario.name, seed, seconds, startedAt: Date.now() });
  tell(`Opening the fair: ${plan.devices.length} phones, ${plan.passes.length} passes, ${plan.booths.length} booths …`);
  const open = await setUpFair(server, { scenario, plan, signal });
  const closing = new AbortController();
  const pages = openPages(server, { plan, open, scenario, signal: AbortSignal.any([signal, closing.signal]) });
  try {
    const startedAt = Date.now();
    const streams = requestStreams(plan, open.issued, startedAt);
    const total = scenario.warmUpSeconds + seconds;
    tell(`Sending for ${total} s (${scenario.warmUpSeconds} s of them to warm up), ${pages.length} live pages open …`);
    const [{ summary, lines }, disaster] = await Promise.all([
      runK6({
        k6: k6.path,
        origin: server.origin,
        options: k6Options(scenario, streams, options),
        streams,
        folder,
        signal,
      }),
      options.disaster === 'kill' ? killHalfWay(server, total, { k6, options, signal, tell }) : undefined,
    ]);
    tell('Comparing …');
    const compared = await comparison(server, { plan, open, lines, signal, disaster });
    await untilShown(pages, compared.platform.figures.get('visits') ?? 0);
    return { scenario, startedAt, summary, lines, ...compared, pages, disaster };
  } finally {
    closing.abort();
  }
}

type Opened = { readonly plan: Plan; readonly open: OpenFair; readonly signal: AbortSignal };

function openPages(
  { origin }: Server,
  { plan, open, scenario, signal }: Opened & { readonly scenario: Scenario },
): LivePage[] {
  const { fair } = plan;
  const boards = open.boards.map((token) => new LivePage({ origin, fair, token }, signal));
  return [...boards, ...Array.from({ length: scenario.readers }, () => new LivePage({ origin, fair }, signal))];
}

async function killHalfWay(
  { origin }: Server,
  totalSeconds: number,
  { options, signal, tell }: Load,
): Promise<Disaster> {
  await sleep((totalSeconds / 2) * 1000, undefined, { signal });
  const disaster = await killProjector(origin, options.nodes, signal);
  tell(`Killed node ${disaster.killed.node} (process ${disaster.killed.pid}) with -9.`);
  return disaster;
}

type Sent = Opened & { readonly lines: readonly Line[]; readonly disaster: Disaster | undefined };

async function comparison(
  { origin }: Server,
  { plan, open, lines, signal, disaster }: Sent,
): Promise<Pick<Seen, 'platform' | 'truth' | 'caughtUpMs'>> {
  const began = Date.now();
  const reader = { ask: clientOf({ origin, signal }), fair: plan.fair, token: open.auditor };
  const positions = lines.flatMap(({ answers }) => answers.map(({ position }) => position ?? 0));
  const reached = Math.max(open.position, ...positions);
  await readFigures(reader, reached);
  const caughtUpMs = Date.now() - began;
  const platform = await readPlatform(reader, { before: open.position, reached });
  return { platform, caughtUpMs, truth: compare(plan, lines, platform, disaster ? 'any-order' : 'in-order') };
}

const shownMsMax = 10_000;

/** A page that comes back after its node was killed needs a moment. */
async function untilShown(pages: readonly LivePage[], visits: number): Promise<void> {
  const end = Date.now() + shownMsMax;
  while (Date.now() < end && pages.some((page) => visitsOn(page) !== visits)) await sleep(50);
}
