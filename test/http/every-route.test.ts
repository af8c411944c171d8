import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { routes } from '../../src/http/routes.ts';

const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.test\.tsx?$/.test(file))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));

/** The names of routes at all, and those that a contract is about, or that stand in the title of a test. */
const named = namesIn(/'((?:GET|PUT|POST|DELETE) \/[^'\s]*)'/g);
const tested = namesIn(
  /^ *(?:contract|readContract|describe|test|it)\(\s*(?:"[^"\n]*)?'((?:GET|PUT|POST|DELETE) \/[^'\s]*)'/gm,
);

function namesIn(pattern: RegExp): ReadonlySet<string> {
  return new Set(tests.flatMap((text) => [...text.matchAll(pattern)].map(([, route = '']) => route)));
}

const names = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);

test('every route has a contract, or a test whose title names it', () => {
  expect(names.filter((name) => !tested.has(name))).toEqual([]);
});

test('no test names a route that is not there', () => {
  expect([...named].filter((name) => !names.includes(name))).toEqual([]);
});

test('each route is there once', () => {
  expect(names).toEqual([...new Set(names)]);
});
