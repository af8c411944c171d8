import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layers, refusal } from '../../lint/layers.ts';
import { read } from '../support/tree.ts';

const root = resolve(import.meta.dirname, '../..');

describe('the direction of imports', () => {
  it.each([
    ['src/domain/pass.ts', 'events/pass.ts'],
    ['src/commands/check-in.ts', 'src/domain/pass.ts'],
    ['src/commands/check-in.ts', 'projections/attendance/queries.ts'],
    ['src/http/scans.ts', 'src/commands/check-in.ts'],
    ['src/web/scanner/decide.ts', 'src/domain/pass.ts'],
    ['src/server.ts', 'src/http/app.ts'],
    ['test/domain/pass.test.ts', 'src/domain/pass.ts'],
    ['events/pass.ts', 'zod'],
  ])('lets %s import %s', (from, to) => {
    expect(refusal(from, to, 'value')).toBeUndefined();
  });

  it.each([
    ['src/domain/pass.ts', 'src/store/event-store.ts', 'domain may not import store'],
    ['src/domain/pass.ts', 'zod', 'domain may not use the package zod'],
    ['events/pass.ts', 'src/domain/pass.ts', 'events may not import domain'],
    ['src/commands/check-in.ts', 'projections/attendance/project.ts', 'commands may not import projections'],
    ['src/commands/check-in.ts', 'src/http/problems.ts', 'commands may not import http'],
    ['src/store/postgres/append.ts', 'src/commands/check-in.ts', 'store may not import commands'],
    ['projections/books/project.ts', 'projections/attendance/queries.ts', 'imports no other'],
    ['src/http/app.ts', 'src/server.ts', 'http may not import roots'],
    ['src/web/pages/board.tsx', 'src/domain/pass.ts', 'web may not import domain'],
    ['load-tests/gate.ts', 'src/contract/scan.ts', 'load-tests may not import contract'],
    ['src/new-folder/thing.ts', 'events/pass.ts', 'belongs to no layer'],
  ])('does not let %s import %s', (from, to, reason) => {
    expect(refusal(from, to, 'value')).toContain(reason);
  });

  it('lets pages use the types of figures, but nothing that would run', () => {
    expect(refusal('src/web/pages/board.tsx', 'src/figures/document.ts', 'type')).toBeUndefined();
    expect(refusal('src/web/pages/board.tsx', 'src/figures/document.ts', 'value')).toContain(
      'web may not import figures',
    );
  });
});

describe('the import table of ARCHITECTURE.md', () => {
  it('says what the lint rule says', () => {
    const rows = read('ARCHITECTURE.md').matchAll(/^\| (?!layer )([a-z-]+) \| .+ \| ([^|;]+)(?:;[^|]*)? \|$/gm);
    const documented = Object.fromEntries([...rows].map(([, name = '', may = '']) => [name, may.trim()]));
    const held = layers.map(({ name, may }) => [name, may.includes('*') ? 'everything' : may.join(', ') || 'nothing']);
    expect(documented).toEqual(Object.fromEntries(held));
  });
});

describe('the linter', () => {
  it.each([
    ['an import', `import { serve } from '../http/app.ts';\nexport const pass = serve;`],
    ['a re-export', `export { serve } from '../http/app.ts';`],
    ['a dynamic import', `export const load = () => import('../http/app.ts');`],
  ])('refuses %s against the direction', async (_, code) => {
    const { status, output } = await lint({
      'src/domain/pass.ts': code,
      'src/http/app.ts': 'export const serve = 1;',
    });
    expect(output).toContain('domain may not import http');
    expect(status).not.toBe(0);
  });

  it('has nothing against one that follows it', async () => {
    const { status, output } = await lint({
      'src/http/app.ts': `import { pass } from '../commands/pass.ts';\nexport const serve = pass;`,
      'src/commands/pass.ts': 'export const pass = 1;',
    });
    expect(output).not.toContain('may not import');
    expect(status).toBe(0);
  });
});

/** Runs the real linter with the real configuration over a small tree of its own. */
const lint = async (files: Readonly<Record<string, string>>): Promise<{ status: number | null; output: string }> => {
  const tree = await mkdtemp(join(tmpdir(), 'hoi-sach-lint-'));
  try {
    for (const name of ['lint', '.oxlintrc.json', 'tsconfig.json', 'package.json']) {
      await cp(join(root, name), join(tree, name), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(tree, name)), { recursive: true });
      await writeFile(join(tree, name), content);
    }
    const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format=unix', 'src'], {
      cwd: tree,
      encoding: 'utf8',
    });
    return { status, output: stdout };
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
};
