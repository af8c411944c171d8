/**
 * The log as it grows, and the figures behind it:
 *
 * - replay: the product's own rebuild of all projections over the log of one fair, from the first event to shown figures,
 * - emmett: Emmett's consumer on a smaller log of the same kind, which counts much less,
 * - lag: from an append being answered to its facts being in the figures, while facts arrive at a steady rate,
 * - travel: figures of past moments, out of that log,
 * - append: an append of one event, and the read of one stream, at several sizes of the log.
 *
 * Each part has an embedded PostgreSQL of its own, and in the end the figures must be those that were written.
 * The log is one provincial fair's in the demo's mix: a fair gets no more catalogues because it gets more visitors, so
 * 100,000 lines and the exhibitors stay what they are, and gates, passes and sales make it as long as is wanted.
 *
 * `--json` prints the results as the last line. `--only replay,travel,emmett,lag,append`; `--events`, `--emmett-events`,
 * `--catalogue-lines` of the replay and the travel (the other logs have as many in proportion); `--rate` and `--seconds` of the lag;
 * `--sizes`, `--callers`, `--rounds` and `--round-seconds` of the appends; `--cpu-profile FOLDER` profiles
 * the replay and the travel.
 */
import { parseArgs } from 'node:util';
import { measureEmmett } from './emmett.ts';
import { measureGrowth } from './growth.ts';
import { measureLag } from './lag.ts';
import { measureReplay } from './replay.ts';
import { json, lines, type Results } from './report.ts';
import { measureTravel } from './travel.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: 'replay,travel,emmett,lag,append' },
    events: { type: 'string', default: '1000000' },
    'emmett-events': { type: 'string', default: '20000' },
    'catalogue-lines': { type: 'string', default: '100000' },
    rate: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '20' },
    sizes: { type: 'string', default: '10000,1000000,10000000' },
    callers: { type: 'string', default: '64' },
    rounds: { type: 'string', default: '7' },
    'round-seconds': { type: 'string', default: '0.5' },
    'cpu-profile': { type: 'string' },
  },
});

const events = Number(values.events);
const catalogueLines = Number(values['catalogue-lines']);
const emmettEvents = Number(values['emmett-events']);
const [perSecond, seconds] = [Number(values.rate), Number(values.seconds)];
const isWanted = (part: 'replay' | 'travel' | 'emmett' | 'lag' | 'append'): boolean =>
  values.only.split(',').includes(part);
const linesIn = (size: number): number => Math.round((catalogueLines * size) / events);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function run(): Promise<Results> {
  const profiles = values['cpu-profile'];
  const ours = isWanted('replay') ? await measureReplay({ events, catalogueLines, profiles, tell }) : undefined;
  const travel = isWanted('travel') ? await measureTravel({ events, catalogueLines, profiles, tell }) : undefined;
  const emmett = isWanted('emmett')
    ? await measureEmmett({ events: emmettEvents, catalogueLines: linesIn(emmettEvents), tell })
    : undefined;
  const lag = isWanted('lag')
    ? await measureLag({ perSecond, seconds, catalogueLines: linesIn(perSecond * seconds), tell })
    : undefined;
  const growth = isWanted('append')
    ? await measureGrowth({
        sizes: values.sizes.split(',').map(Number),
        callers: Number(values.callers),
        rounds: Number(values.rounds),
        seconds: Number(values['round-seconds']),
        tell,
      })
    : undefined;
  return {
    ...(ours && { ours }),
    ...(travel && { travel }),
    ...(emmett && { emmett }),
    ...(lag && { lag }),
    ...(growth && { growth }),
  };
}

const results = await run();
process.stdout.write(`${lines(results).join('\n')}\n`);
if (values.json) process.stdout.write(`${json(results)}\n`);
