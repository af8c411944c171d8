/**
 * A durable, decided check-in over HTTP, beside two others on the same machine in the same run:
 *
 * - ours: the product as it is (ours.ts),
 * - bare: a Hono route that reads the same body with the same schema and answers (bare-server.ts),
 * - emmett: the same check-in by Emmett's command handler, on the same PostgreSQL (emmett-server.ts).
 *
 * One process sends the same requests to each in turn: every one another pass's first check-in, signed by the product's
 * own key. Every answer must be 200 and an admission, and in the end each must hold as many as it has answered; our
 * board too. `--json` prints the figures as the last line; `--connections 1,64,256`, `--rounds`, `--seconds` and
 * `--warm-up`, in seconds, make it shorter or longer; `--emmett-connections` is the size of Emmett's pool, `--profiles FOLDER` takes CPU profiles.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Measured } from '../summary.ts';
import type { Contestant, ContestantName } from './contestant.ts';
import { startBare, startEmmett } from './others.ts';
import { startOurs } from './ours.ts';
import { type Answered, type Level, measure } from './rounds.ts';
import { checkTruth } from './truth.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1,64,256' },
    'warm-up': { type: 'string', default: '5' },
    'emmett-connections': { type: 'string', default: '40' },
    only: { type: 'string', default: 'ours,bare,emmett' },
    profiles: { type: 'string' },
  },
});

/** By connections. */
type Results = Map<number, Level>;

/** Below the working directory, since a folder for temporary files may be no disk at all. */
async function run(): Promise<Results> {
  const below = resolve('.data-bench');
  await mkdir(below, { recursive: true });
  const dataDir = await mkdtemp(join(below, 'http-'));
  const contestants: Contestant[] = [];
  try {
    return await runIn(dataDir, contestants);
  } finally {
    for (const { stop } of contestants.toReversed()) await stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function runIn(dataDir: string, contestants: Contestant[]): Promise<Results> {
  const { profiles } = values;
  const ours = await startOurs(dataDir, profiles);
  contestants.push(ours.contestant);
  if (values.only.includes('bare')) contestants.push(await startBare({ dataDir, profiles }));
  const connections = Number(values['emmett-connections']);
  const { databaseMilliseconds } = ours.contestant;
  const known = { connections, deviceToken: ours.gate.deviceToken, passKey: ours.passKey, databaseMilliseconds };
  if (values.only.includes('emmett')) contestants.push(await startEmmett({ dataDir, profiles }, known));
  const limits = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  const results: Results = new Map();
  const answered: Answered = new Map();
  const warmUp = { connections: 64, rounds: 0, seconds: Number(values['warm-up']) };
  if (warmUp.seconds > 0) await measure(contestants, ours, warmUp, answered);
  for (const connections of values.connections.split(',').map(Number)) {
    const level = await measure(contestants, ours, { connections, ...limits }, answered);
    results.set(connections, level);
    for (const row of rows(connections, level)) tell(row);
  }
  for (const truth of await checkTruth(contestants, answered)) tell(truth);
  return results;
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const header = ['connections', '', 'check-ins/s', 'p50 ms', 'p99 ms', 'ours is', 'Node µs', 'SQL µs', 'board behind'];
const widths = [12, 9, 13, 10, 10, 10, 9, 8, 14];
const line = (cells: readonly string[]): string => cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('');

const rows = (connections: number, { measured, behind }: Level): string[] =>
  [...measured].map(([name, { perSecond, p50, p99, oursTo, usedMicroseconds, databaseMicroseconds }]) =>
    line([
      `${connections}`,
      name,
      `${perSecond}`,
      p50.toFixed(2),
      p99.toFixed(2),
      `${oursTo.toFixed(2)} x`,
      usedMicroseconds.toFixed(0),
      databaseMicroseconds.toFixed(0),
      name === 'ours' ? `${Math.round(behind)} ms` : '',
    ]),
  );

/** `{"64": {"ours", "bare", "emmett", "oursToBare", "oursToEmmett"}, …}`, check-ins a second. */
const json = (results: Results): string =>
  JSON.stringify(Object.fromEntries([...results].map(([connections, { measured }]) => [connections, flat(measured)])));

const flat = (measured: Map<ContestantName, Measured>) => ({
  ...Object.fromEntries([...measured].map(([name, { perSecond }]) => [name, perSecond])),
  oursToBare: ratio(measured.get('bare')),
  oursToEmmett: ratio(measured.get('emmett')),
});

const ratio = (measured: Measured | undefined): number | undefined => measured && Number(measured.oursTo.toFixed(2));

const results = await run();
process.stdout.write(`${[line(header), ...[...results].flatMap(([count, level]) => rows(count, level))].join('\n')}\n`);
if (values.json) process.stdout.write(`${json(results)}\n`);
