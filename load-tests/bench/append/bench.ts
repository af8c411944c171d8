/**
 * Single-event appends to new streams, through our store, through Emmett's, and as one plain INSERT each, on one
 * embedded PostgreSQL in one run. `--json` prints the events a second as the last line; `--seconds`, `--rounds`,
 * `--sizes` and `--callers` make it shorter or longer; `--connections` is what Emmett and the INSERTs get, 10 being their default.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type OpenDatabase, openDatabase } from '../../../src/database/open.ts';
import { type Contestant, type ContestantName, contestantNames, type Database, execute } from './contestant.ts';
import { emmett } from './emmett.ts';
import { ours } from './ours.ts';
import { plainInsert } from './plain-insert.ts';
import type { Measured } from '../summary.ts';
import { measure } from './rounds.ts';

const open: Record<ContestantName, (database: Database, events: number) => Promise<Contestant>> = {
  ours,
  emmett,
  insert: plainInsert,
};

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '7' },
    sizes: { type: 'string', default: '10000,1000000' },
    callers: { type: 'string', default: '1,64,512' },
    connections: { type: 'string', default: '10' },
  },
});
const numbers = (list: string): number[] => list.split(',').map(Number);
const limits = { rounds: Number(values.rounds), seconds: Number(values.seconds) };

/** By events in the log, then by callers. */
type Results = Map<number, Map<number, Map<ContestantName, Measured>>>;

/** Below the working directory, since a folder for temporary files may be no disk at all. */
async function run(): Promise<Results> {
  const below = resolve('.data-bench');
  await mkdir(below, { recursive: true });
  const dataDir = await mkdtemp(join(below, 'append-'));
  const server = await openDatabase({ dataDir, databaseUrl: undefined, databaseOwnerUrl: undefined }, { as: 'tool' });
  try {
    const results: Results = new Map();
    for (const size of numbers(values.sizes)) results.set(size, await runSize(server, size));
    return results;
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function runSize(server: OpenDatabase, size: number): Promise<Map<number, Map<ContestantName, Measured>>> {
  const contestants: Contestant[] = [];
  const results = new Map<number, Map<ContestantName, Measured>>();
  try {
    for (const name of contestantNames) {
      tell(`filling ${name} with ${size} events`);
      const database = `bench_${name}_${size}`;
      await execute(server, `create database ${database}`);
      contestants.push(await open[name](within(server, database), size));
    }
    await execute(server, 'checkpoint');
    for (const callers of numbers(values.callers)) {
      const measured = await measure(contestants, callers, limits);
      results.set(callers, measured);
      for (const [name, figures] of measured) tell(row(size, callers, name, figures));
    }
    return results;
  } finally {
    for (const { close } of contestants) await close();
  }
}

const within = ({ appUrl, ownerUrl }: OpenDatabase, database: string): Database => ({
  appUrl: named(appUrl, database),
  ownerUrl: named(ownerUrl, database),
  connectionsMax: Number(values.connections),
});

/** The same server and login, another database. */
function named(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const header = ['in the log', 'callers', '', 'events/s', 'p50 ms', 'p99 ms', 'ours is'];
const widths = [11, 9, 9, 11, 10, 10, 10];
const line = (cells: readonly string[]): string => cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('');

const row = (size: number, callers: number, name: ContestantName, { perSecond, p50, p99, oursTo }: Measured): string =>
  line([`${size}`, `${callers}`, name, `${perSecond}`, p50.toFixed(2), p99.toFixed(2), `${oursTo.toFixed(1)} x`]);

function table(results: Results): string {
  const rows = [...results].flatMap(([size, byCallers]) =>
    [...byCallers].flatMap(([callers, measured]) =>
      [...measured].map(([name, figures]) => row(size, callers, name, figures)),
    ),
  );
  return [line(header), ...rows].join('\n');
}

/** `{"64": {"ours", "emmett", "insert", "oursToEmmett"}, …, "at1e6": {"64": …}}`, events a second. */
function json(results: Results): string {
  const [first, ...larger] = [...results].map(([size, byCallers]) => ({
    size,
    rates: Object.fromEntries(rates(byCallers)),
  }));
  return JSON.stringify({
    ...first?.rates,
    ...Object.fromEntries(larger.map(({ size, rates }) => [`at${size.toExponential().replace('+', '')}`, rates])),
  });
}

const rates = (byCallers: Map<number, Map<ContestantName, Measured>>) =>
  [...byCallers].map(([callers, measured]) => {
    const perSecond = Object.fromEntries([...measured].map(([name, figures]) => [name, figures.perSecond]));
    return [callers, { ...perSecond, oursToEmmett: Number(measured.get('emmett')?.oursTo.toFixed(2)) }] as const;
  });

const results = await run();
process.stdout.write(`${table(results)}\n`);
if (values.json) process.stdout.write(`${json(results)}\n`);
