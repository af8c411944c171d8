import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FiguresDocument } from '../../src/contract/figures.ts';
import { planFair } from '../../src/demo/plan/plan-fair.ts';
import { aPlace, countedIn, type Place } from '../e2e/played-fair.ts';
import { whichServer } from './which-server.ts';

const server = whichServer();
const root = resolve(import.meta.dirname, '../..');
const size = { seed: 'nhật ký', visits: 120, copies: 2_000 };
const sized = ['--seed', size.seed, '--visits', String(size.visits), '--copies', String(size.copies)];

let [here, there]: Place[] = [];
beforeAll(async () => {
  [here, there] = [await aPlace(), await aPlace()];
});
afterAll(async () => {
  await here?.leave();
  await there?.leave();
});

/** `npm run demo -- --speed max --exit` at a place. */
async function demo(place: Place | undefined, environment: Readonly<Record<string, string>>, ...args: string[]) {
  const script = ['--speed', 'max', '--exit', ...sized, ...args];
  const child = spawn(process.execPath, ['--import', './src/tsx-loader.ts', 'src/demo.ts', ...script], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...place?.environment, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  expect(await once(child, 'close')).toEqual([0, null]);
  return output;
}

describe('the demo on a log in KurrentDB', { timeout: 300_000 }, () => {
  test('says the same sentence as on one in PostgreSQL', async () => {
    const said = await demo(here, {});
    expect(said).toContain('lượt');
    expect(await demo(there, { EVENT_STORE: server.url })).toBe(said);
  });

  test('counts nothing twice when all of it is sent again, and has the figures of the planned fair', async () => {
    const said = await demo(there, { EVENT_STORE: server.url }, '--json');
    const figures = FiguresDocument.parse(JSON.parse(said.trim().split('\n').at(-1) ?? ''));
    expect(countedIn({ figures })).toMatchObject(planFair(size).expected);
  });
});
