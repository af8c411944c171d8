import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { routes } from '../../src/http/routes.ts';

const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.test\.tsx?$/.test(file))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));

const tested = new Set(
  tests.flatMap((text) => [...text.matchAll(/'((?:GET|PUT|POST|DELETE) \/[^'\s]*)'/g)].map(([, route = '']) => route)),
);

const names = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);

test('every route has a contract test that names it', () => {
  expect(names.filter((name) => !tested.has(name))).toEqual([]);
});

test('no test names a route that is not there', () => {
  expect([...tested].filter((name) => !names.includes(name))).toEqual([]);
});

test('each route is there once', () => {
  expect(names).toEqual([...new Set(names)]);
});
