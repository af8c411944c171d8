import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { files, isCode, read, root } from './support/tree.ts';

const LINES_MAX = 300;
const MEDIAN_LINES_MAX = 70;
const LONG_BY_NATURE = /(^|\/)(migrations|messages|generated)\//;

const linesOf = (path: string): number => read(path).split('\n').length - 1;
const documents = files.filter((path) => path.endsWith('.md'));

describe('files', () => {
  it(`have at most ${LINES_MAX} lines`, () => {
    const long = files.filter((path) => isCode(path) && !LONG_BY_NATURE.test(path) && linesOf(path) > LINES_MAX);
    expect(long).toEqual([]);
  });

  it(`have at most ${MEDIAN_LINES_MAX} lines in the middle`, () => {
    const lengths = files
      .filter((path) => isCode(path))
      .map(linesOf)
      .sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(MEDIAN_LINES_MAX);
  });

  it('are not put into folders that say nothing', () => {
    expect(files.filter((path) => /(^|\/)(utils?|helpers?|services?|common|misc)\//.test(path))).toEqual([]);
  });

  it('are found by their own name: the only index is the list of projections', () => {
    const indexes = files.filter((path) => /(^|\/)index\.tsx?$/.test(path));
    expect(indexes.filter((path) => path !== 'projections/index.ts')).toEqual([]);
  });

  it('leave no unfinished mark behind', () => {
    const marks = [
      ['TO', 'DO'],
      ['FIX', 'ME'],
      ['X', 'XX'],
    ].map((halves) => halves.join(''));
    const unfinished = new RegExp(`\\b(${marks.join('|')})\\b`);
    const product = files.filter((path) => isCode(path) && !path.startsWith('test/'));
    expect(product.filter((path) => unfinished.test(read(path)))).toEqual([]);
  });

  it('give a reason wherever they switch off a rule', () => {
    const silent = files
      .filter(isCode)
      .flatMap((path) => read(path).match(/.*(?:ox|es)lint-disable.*/g) ?? [])
      .filter((line) => !line.includes(' -- '));
    expect(silent).toEqual([]);
  });

  it('write Vietnamese in one way (Unicode NFC), so that words compare and search', () => {
    const text = files.filter((path) => /\.(tsx?|md|json|css|sql)$/.test(path));
    expect(text.filter((path) => read(path) !== read(path).normalize('NFC'))).toEqual([]);
  });
});

describe('documents', () => {
  it.each(documents)('%s names only paths that exist', (document) => {
    const lost = pathsIn(read(document)).filter((path) => !isThere(path, document));
    expect(lost).toEqual([]);
  });

  it.each(documents)('%s names only commands that exist', (document) => {
    const { scripts } = Package.parse(JSON.parse(read('package.json')));
    const named = [...read(document).matchAll(/npm run (?:-s )?([a-z][a-z:-]*[a-z])/g)].map(
      ([, script = '']) => script,
    );
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('are decisions with consecutive numbers, each with its date', () => {
    const records = files.filter((path) => path.startsWith('docs/decisions/')).sort();
    const numbers = records.map((path) => path.slice('docs/decisions/'.length).slice(0, 5));
    expect(numbers).toEqual(records.map((_, index) => `${String(index + 1).padStart(4, '0')}-`));
    for (const path of records) expect(read(path), path).toMatch(/^# .+\n\n20\d\d-\d\d-\d\d\b/);
  });
});

describe('packages', () => {
  it('are pinned to exact versions', () => {
    const { dependencies, devDependencies, optionalDependencies } = Package.parse(JSON.parse(read('package.json')));
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});

describe('migrations', () => {
  it('that were released are never edited', () => {
    const released = read('test/released-migrations.sha256')
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/));
    expect(released.length).toBeGreaterThan(0);
    const edited = released.filter(
      ([digest, path = '']) => !existsSync(resolve(root, path)) || sha256(read(path)) !== digest,
    );
    expect(edited).toEqual([]);
  });
});

const Versions = z.record(z.string(), z.string()).default({});
const Package = z.object({
  scripts: Versions,
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const TOP_LEVEL = [...new Set(files.map((path) => path.split('/')[0] ?? ''))];

/** What stands in backticks or behind a link, and looks like a path of this repository. */
const pathsIn = (markdown: string): readonly string[] => {
  const inCode = [...markdown.matchAll(/`([^`\s]+)`/g)].map(([, path = '']) => path);
  const linked = [...markdown.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, path = '']) => path);
  const isPath = (path: string) =>
    !/[<>{}…=$]|^\w+:/.test(path) &&
    (TOP_LEVEL.some((top) => path === top || path.startsWith(`${top}/`)) || /\.(md|tsx?|toml)$/.test(path));
  return [...new Set([...inCode.filter(isPath), ...linked.filter((path) => !/^\w+:/.test(path))])];
};

const isThere = (path: string, document: string): boolean =>
  [root, resolve(root, document, '..')].some((folder) =>
    path.includes('*') ? globSync(path, { cwd: folder }).length > 0 : existsSync(resolve(folder, path)),
  );
