import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const run = (script: string) =>
  spawnSync(
    process.execPath,
    ['--import', './src/tsx-loader.ts', '--enable-source-maps', '--input-type=module', '-e', script],
    {
      cwd: resolve(import.meta.dirname, '..'),
      encoding: 'utf8',
    },
  );

describe('Node with the loader', () => {
  it('renders a page written in TSX as it stands', () => {
    const { stdout, stderr } = run(`
      import { Greeting } from './test/support/greeting.tsx';
      console.log(String(Greeting({ name: '<Bắc Ninh>' })));`);
    expect(stderr).toBe('');
    expect(stdout).toBe('<p class="greeting">Chào &lt;Bắc Ninh&gt;</p>\n');
  });

  it('names the line of the source in an error', () => {
    const { stderr } = run(`
      import { broken } from './test/support/greeting.tsx';
      broken();`);
    expect(stderr).toContain('test/support/greeting.tsx:6');
  });
});
