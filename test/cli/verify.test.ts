import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { z } from 'zod';
import { readExport } from '../../src/cli/verify/read-export.ts';
import { verifyExport } from '../../src/cli/verify/verify-export.ts';
import type { Finding } from '../../src/seal/audit/finding.ts';
import { fileOf, sealedFair, type SealedFair, visitors } from '../seal/audit/sealed-fair.ts';
import { createDatabase } from '../support/database.ts';
import { fair as fairId } from '../support/history/names.ts';
import { runProgram } from '../support/program.ts';

/* The command line as somebody uses it, on a fair that is sealed; and its exports, with nothing but the file. */

/** Each command is a process, and some start a PostgreSQL. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let fair: SealedFair;
let exported: string;

const Unlooked = z.strictObject({ equal: z.null(), why: z.string().min(1) });

/** Nobody listens there. */
const away = 'postgres://nobody@127.0.0.1:1/nothing';

beforeAll(async () => {
  fair = await sealedFair();
  exported = join(fair.folder, 'fair.jsonl');
  const { code, errors } = await run('export', '--fair', fairId, '--out', exported);
  if (code !== 0) throw new Error(`the export failed: ${errors}`);
});
afterAll(() => fair.remove());

async function run(...args: readonly string[]) {
  const program = runProgram('src/cli.ts', args, fair.environment);
  const code = await program.ended;
  return { code, output: program.output(), errors: program.errors() };
}

/** Another export, made of the lines of this one. */
const changed = async (change: (lines: string[]) => readonly string[]): Promise<string> => {
  const lines = (await readFile(exported, 'utf8')).split('\n').slice(0, -1);
  const file = join(fair.folder, 'changed.jsonl');
  await writeFile(file, `${change(lines).join('\n')}\n`);
  return file;
};

/** What is found about its facts and checkpoints, without its figures. */
const findingsIn = async (path: string, head?: string): Promise<readonly Finding[]> => {
  await using file = await open(path, 'r');
  return (await readExport(file, head)).findings;
};

describe('the command', () => {
  test('ends with 0 where all is equal, twice, and says it as JSON', async () => {
    for (const time of [1, 2]) {
      const { code, output } = await run('verify', '--json');
      expect({ time, code }).toEqual({ time, code: 0 });
      expect(JSON.parse(output)).toMatchObject({ equal: true, differences: [], sealed: { size: fair.facts } });
    }
  });

  test('says where the signing key lies', async () => {
    expect((await run('verify')).output).toContain('see to it that its operating system user cannot read the key');
  });

  test('ends with 1 where a kept checkpoint says otherwise, and says what', async () => {
    const wrong = fair.keptHead.replace(/\n[A-Za-z0-9+/]{43}=\n/, `\n${Buffer.alloc(32).toString('base64')}\n`);
    const { code, output } = await run('verify', '--head', await fileOf(fair.folder, wrong));
    expect(code).toBe(1);
    expect(output).toMatch(/^Not equal: \d+ differences?\.\n/);
    expect(output).toContain('not as the checkpoint given with --head of size 200 says');
  });

  test.each([
    ['an option that is none', ['--hed', 'x']],
    ['a head that is no checkpoint', ['--head', 'package.json']],
  ])('ends with 2 for %s', async (_, args) => {
    expect((await run('verify', ...args)).code).toBe(2);
  });

  test('ends with 2 for settings that do not fit', async () => {
    const program = runProgram('src/cli.ts', ['verify'], { ...fair.environment, PORT: 'x' });
    expect(await program.ended).toBe(2);
  });

  test.each([
    ['an export that is none', ['--export', 'package.json'], {}],
    ['an export that is not there', ['--export', 'no-such-file'], {}],
    ['an export that is a folder', ['--export', 'src'], {}],
    ['a database that is away', [], { DATABASE_URL: away, DATABASE_OWNER_URL: away }],
  ])('ends with 3 for %s, and says so as JSON', async (_, args, environment) => {
    const ask = (...more: readonly string[]) =>
      runProgram('src/cli.ts', ['verify', ...args, ...more], { ...fair.environment, ...environment });
    const [told, asJson] = [ask(), ask('--json')];
    expect([await told.ended, await asJson.ended]).toEqual([3, 3]);
    const { equal, why } = Unlooked.parse(JSON.parse(asJson.output()));
    expect({ equal, said: told.output() }).toEqual({ equal: null, said: '' });
    expect(told.errors()).toContain(why);
  });

  test('ends with 3 where nothing is sealed yet', async () => {
    const database = await createDatabase(inject('databaseServer'));
    const environment = {
      DATA_DIR: join(fair.folder, 'new'),
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
    };
    try {
      const program = runProgram('src/cli.ts', ['verify', '--json'], environment);
      expect(await program.ended).toBe(3);
      expect(JSON.parse(program.output())).toMatchObject({
        equal: null,
        why: 'Nothing is there to be compared: the log is empty, and nothing is sealed yet.',
        sealed: null,
        differences: [],
      });
    } finally {
      await database.drop();
    }
  });
});

describe('an export', () => {
  test('holds the fair’s facts in full, and of others the hash alone', async () => {
    const lines = (await readFile(exported, 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(fair.facts + 2);
    expect(lines.slice(1, -1).filter((line) => line.includes('"event"'))).toHaveLength(fair.facts - visitors);
    for (const line of lines.slice(-1 - visitors, -1)) expect(line).toMatch(/^\{"position":\d+,"leaf":"[^"]{44}"\}$/);
    expect(lines.at(-1)).toBe(`{"end":{"leaves":${fair.facts},"events":${fair.facts - visitors}}}`);
  });

  test('is for its owner alone', async () => {
    expect((await stat(exported)).mode & 0o777).toBe(0o600);
  });

  test('on standard output is the same', async () => {
    const { output } = await run('export', '--fair', fairId);
    const withoutTime = (text: string) => text.replaceAll(/"asOf":"[^"]*"/g, '').trimEnd();
    expect(withoutTime(output)).toBe(withoutTime(await readFile(exported, 'utf8')));
  });

  test('is refused for a fair that is not there', async () => {
    expect((await run('export', '--fair', '0196390e-1c00-7000-8000-00000000dead')).code).toBe(2);
  });

  test('is equal on another machine, its figures counted again, and with a kept checkpoint too', async () => {
    const nothingElse = { DATA_DIR: join(fair.folder, 'elsewhere') };
    const head = await fileOf(fair.folder, fair.keptHead);
    const program = runProgram('src/cli.ts', ['verify', '--export', exported, '--head', head, '--json'], nothingElse);
    expect(await program.ended).toBe(0);
    expect(JSON.parse(program.output())).toMatchObject({
      equal: true,
      sealed: { size: fair.facts },
      figuresAt: fair.facts,
      signingKey: null,
    });
  });

  test('in which a fact was changed names it', async () => {
    const file = await changed((lines) => lines.with(40, (lines[40] ?? '').replace('"schema":', '"schema":1')));
    expect(await findingsIn(file)).toEqual([{ kind: 'facts-changed', from: 40, to: 40 }]);
  });

  test.each([
    [
      'a hash was changed',
      (lines: string[]) => lines.with(40, (lines[40] ?? '').replace(/"leaf":"[^"]{4}/, '"leaf":"AAAA')),
      ['facts-changed', 'root-differs', 'root-differs'],
    ],
    [
      'a line was removed',
      (lines: string[]) => lines.toSpliced(40, 1),
      ['root-differs', 'log-cut', 'export-incomplete'],
    ],
    [
      'two lines were swapped',
      (lines: string[]) => lines.with(40, lines[41] ?? '').with(41, lines[40] ?? ''),
      ['export-incomplete', 'root-differs', 'log-cut', 'export-incomplete'],
    ],
    ['the end was cut off', (lines: string[]) => lines.slice(0, 250), ['log-cut', 'export-incomplete']],
  ])('in which %s does not lead to its checkpoint, nor to the one that was kept', async (_, change, kinds) => {
    expect((await findingsIn(await changed(change), fair.keptHead)).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('whose checkpoint another key has signed is not believed', async () => {
    const file = await changed(([header = '', ...lines]) => [
      header.replace(/"keys":\[[^\]]*\]/, '"keys":[]'),
      ...lines,
    ]);
    expect(await findingsIn(file)).toEqual([expect.objectContaining({ kind: 'checkpoint-replaced', where: 'export' })]);
  });

  test('whose key is none is not believed', async () => {
    const file = await changed(([header = '', ...lines]) => [
      header.replace(/"keys":\[[^\]]*\]/, '"keys":["none"]'),
      ...lines,
    ]);
    expect(await findingsIn(file)).toEqual([expect.objectContaining({ kind: 'checkpoint-replaced', where: 'export' })]);
  });

  test('without any checkpoint is not equal to anything', async () => {
    const bare = (line: string) =>
      line
        .replace(/"checkpoint":"(?:[^"\\]|\\.)*"/, '"checkpoint":null')
        .replace(/"keys":\[[^\]]*\]/, '"keys":[]')
        .replace(/"figures":.*\}$/, '"figures":null}');
    const file = await changed(([header = '', ...lines]) => [bare(header), ...lines]);
    expect((await readFile(file, 'utf8')).split('\n')[0]).toMatch(/"checkpoint":null,"keys":\[\],"figures":null\}$/);
    expect(await verifyExport(file, { head: undefined, progress: undefined })).toMatchObject({
      equal: false,
      differences: [{ kind: 'nothing-kept', size: 0 }],
    });
    expect(await findingsIn(file, fair.keptHead)).toEqual([]);
  });

  test('in which a figure was changed names it, with both values', async () => {
    const file = await changed(([header = '', ...lines]) => [
      header.replace(/("key":"visits","value":)\d+/, '$1123456'),
      ...lines,
    ]);
    expect((await verifyExport(file, { head: undefined, progress: undefined })).differences).toEqual([
      {
        kind: 'figure-differs',
        fair: fairId,
        figure: 'visits',
        shown: expect.stringContaining('123456'),
        counted: expect.any(String),
      },
    ]);
  });
});
