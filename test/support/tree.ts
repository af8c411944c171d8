import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** Files that git knows or would take, as paths from the root. */
export const files: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'],
  { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
)
  .split('\n')
  .filter((path) => path !== '' && existsSync(resolve(root, path)));

const contents = new Map<string, string>();

export const read = (path: string): string => {
  const known = contents.get(path) ?? readFileSync(resolve(root, path), 'utf8');
  contents.set(path, known);
  return known;
};

export const isCode = (path: string): boolean => /\.tsx?$/.test(path);

export const filesBelow = (...folders: readonly string[]): readonly string[] =>
  files.filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));
