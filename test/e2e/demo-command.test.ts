import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FiguresDocument } from '../../src/contract/figures.ts';
import { planFair } from '../../src/demo/plan/plan-fair.ts';
import { aPlace, countedIn, type Place } from './played-fair.ts';

const root = resolve(import.meta.dirname, '../..');
const size = { seed: 'lệnh', visits: 120, copies: 2_000 };
const sized = ['--seed', size.seed, '--visits', String(size.visits), '--copies', String(size.copies)];
const script = [...sized, '--speed', 'max', '--exit', '--json'];

describe('npm run demo', { timeout: 60_000 }, () => {
  let place: Place;
  beforeAll(async () => {
    place = await aPlace();
  });
  afterAll(() => place.leave());

  const start = (args: readonly string[]) =>
    spawn(process.execPath, ['--import', './src/tsx-loader.ts', 'src/demo.ts', ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'], ...place.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const run = async (args: readonly string[]) => {
    const child = start(args);
    let [said, complained] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    const [code] = await once(child, 'close');
    return { code, said, complained };
  };
  const figuresIn = (said: string) => FiguresDocument.parse(JSON.parse(said.trim().split('\n').at(-1) ?? ''));

  it('ends with the figures document of the planned fair in its last line, and says the very same again', async () => {
    const first = await run(script);
    expect(first).toMatchObject({ code: 0, complained: '' });
    expect(countedIn({ figures: figuresIn(first.said) })).toMatchObject(planFair(size).expected);
    expect(await run(script)).toEqual(first);
  });

  it('keeps off a log with another fair, and off its own when it was sent in another order', async () => {
    const other = await run([...script, '--seed', 'khác']);
    expect(other).toMatchObject({ code: 2, said: '' });
    expect(other.complained).toMatch(/^DATABASE_URL holds another fair than the one asked for\./);
    const shuffled = await run([...script, '--shuffle']);
    expect(shuffled).toMatchObject({ code: 2, said: '' });
    expect(shuffled.complained).toMatch(/holds a fair that was sent without --shuffle\./);
  });

  it('without --exit says where to watch, and ends in good order when it is told to', async () => {
    const child = start([...sized, '--speed', '1']);
    const ended = once(child, 'exit');
    const lines = createInterface(child.stdout);
    let link = '';
    for await (const line of lines) {
      [link = ''] = /http:\/\/\S+\/sign-in#\S+/.exec(line) ?? [];
      if (link !== '') break;
    }
    expect((await fetch(link)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('says what its options are', async () => {
    const { code, said } = await run(['--help']);
    expect(code).toBe(0);
    expect(said).toContain('--deliveries N');
  });

  it('names what is wrong with its options', async () => {
    const { code, complained } = await run(['--visits', '3', '--speed', 'soon']);
    expect(code).toBe(2);
    expect(complained).toMatch(/^--visits: .*\n--speed: /);
  });
});
