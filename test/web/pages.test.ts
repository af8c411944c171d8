import { describe, expect, test } from 'vitest';
import { FairSettings } from '../../events/fair.ts';
import type { FiguresDocument } from '../../src/contract/figures.ts';
import { htmlOf } from '../../src/web/html.ts';
import { languages } from '../../src/web/language.ts';
import { boardPage } from '../../src/web/pages/board.tsx';
import { fairPage } from '../../src/web/pages/fair.tsx';
import { homePage } from '../../src/web/pages/home.tsx';
import type { Frame } from '../../src/web/pages/layout.tsx';
import { pastPage } from '../../src/web/pages/past.tsx';
import { problemPage } from '../../src/web/pages/problem.tsx';
import { signInPage } from '../../src/web/pages/sign-in.tsx';
import { exampleFair, welcomePage } from '../../src/web/pages/welcome.tsx';
import { assets, emptyFigures, fair, figures, finalFigures, fullFigures, publicOf } from './samples.ts';

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(1)'>&amp;`;
const hostileFair = {
  ...fair,
  name: { vi: hostile, en: hostile },
  address: hostile,
  sites: [{ code: 'A', name: hostile }],
};
const hostileFigures: FiguresDocument = {
  ...figures,
  name: { vi: hostile },
  sentence: { vi: hostile, en: hostile },
  breakdowns: [
    {
      figure: 'visits',
      by: 'gate',
      rows: [
        { key: hostile, value: 1 },
        { key: 'B', label: hostile, value: 2 },
      ],
    },
  ],
  inside: [{ site: hostile, name: hostile, now: 1, capacity: null }],
  bestSellers: [{ code: hostile, name: hostile, copies: 1 }],
  warnings: [{ check: 'copies-per-booth', figures: {}, message: { vi: hostile, en: hostile } }],
};

const pagesIn = (frame: Frame): Record<string, string> => ({
  welcome: htmlOf(welcomePage({ ...frame, origin: hostile, exampleId: hostile, today: '2022-04-18' })),
  home: htmlOf(homePage({ ...frame, today: '2022-04-18', boards: [], fairs: [{ fair: hostileFair, visits: 1 }] })),
  fair: htmlOf(fairPage({ ...frame, fair: hostileFair, figures: publicOf(hostileFigures), board: 'hidden' })),
  board: htmlOf(boardPage({ ...frame, viewer: 'viewer', fair: hostileFair, figures: hostileFigures })),
  'board, empty': htmlOf(boardPage({ ...frame, viewer: 'owner', fair, figures: emptyFigures })),
  'board, full': htmlOf(boardPage({ ...frame, viewer: 'auditor', fair, figures: fullFigures })),
  'board, final': htmlOf(boardPage({ ...frame, viewer: 'organiser', fair, figures: finalFigures })),
  past: htmlOf(
    pastPage({
      ...frame,
      viewer: 'viewer',
      fair: hostileFair,
      figures: hostileFigures,
      asked: { asOf: hostile, knownAt: hostile },
    }),
  ),
  'sign-in': htmlOf(signInPage(frame)),
  problem: htmlOf(problemPage({ ...frame, problem: 'failed', requestId: hostile })),
});

const variants = languages.flatMap((language) =>
  Object.entries(pagesIn({ language, viewer: null, assets })).map(([name, html]) => ({ name, language, html })),
);

/** A tag without the values of its attributes, which may hold any text. */
const unquoted = (tag: string): string => tag.replaceAll(/="(?!javascript:)[^"]*"/gi, '=""');

describe.each(variants)('$name in $language', ({ html, language }) => {
  test('is one whole document in its language, with one heading of the first level or one a state', () => {
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${language}">`));
    expect(html.match(/<html|<body|<main/g)).toHaveLength(3);
    expect(html.match(/<h1/g)?.length).toBeGreaterThanOrEqual(1);
  });

  test('holds under a policy that allows nothing inline, and loads nothing from outside', () => {
    const tags = html.match(/<[a-z][^>]*>/g) ?? [];
    const allowed = /^<script type="module" src="\/assets\/[\w.-]+">$/;
    const inline = tags.filter((tag) => /^<style|^<img|\s(?:style|on\w+)=|=["']?javascript:/i.test(unquoted(tag)));
    expect([...inline, ...tags.filter((tag) => tag.startsWith('<script') && !allowed.test(tag))]).toEqual([]);
    expect(tags.filter((tag) => /\s(?:src|href)="(?:https?:)?\/\//.test(tag))).toEqual([]);
  });

  test('gives every id once, and every label a target', () => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const named = [...html.matchAll(/\s(?:aria-labelledby|commandfor)="([^"]*)"/g)].flatMap(([, list = '']) =>
      list.split(' '),
    );
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('says nothing undefined', () => {
    expect(html.match(/.{20}(?:undefined|\[object|NaN|Infinity)/g)).toBeNull();
  });
});

describe('the first page', () => {
  test('shows a fair that the API takes as it is', () => {
    expect(FairSettings.safeParse(exampleFair('2026-04-21')).error).toBeUndefined();
  });

  test('prints the command with its quotes closed', () => {
    const html = htmlOf(
      welcomePage({
        language: 'vi',
        viewer: null,
        assets,
        origin: 'http://localhost:3000',
        exampleId: '0196390e-1c00-7000-8000-000000000002',
        today: '2026-04-21',
      }),
    );
    const command = /curl[^]*?<\/code>/.exec(html)?.[0].replaceAll('&quot;', '"').replaceAll('&#39;', "'") ?? '';
    const body = /-d '([^]*)'<\/code>/.exec(command)?.[1] ?? '';
    expect(JSON.parse(body)).toEqual(exampleFair('2026-04-21'));
  });
});

test('the page of a link that was used prints a command that names the fair', () => {
  const command =
    /npm run -s cli -- (token [^<]*)</.exec(variants.find(({ name }) => name === 'sign-in')?.html ?? '')?.[1] ?? '';
  expect(command.split(' ')).toEqual(['token', '--role', 'viewer', '--fair', 'FAIR', '--link']);
});

test('a look back calls no day today', () => {
  const about = { language: 'vi', viewer: 'viewer', assets, fair } as const;
  const known = { ...figures, knownAt: '2022-04-20T02:00:00.000Z' };
  const past = htmlOf(pastPage({ ...about, figures: known, asked: { asOf: '', knownAt: '' } }));
  expect(htmlOf(boardPage({ ...about, figures }))).toContain('Hôm nay');
  expect(past).toContain('Số liệu nhìn lại');
  expect(past).not.toContain('Hôm nay');
});

describe('who sees what', () => {
  const boardFor = (viewer: 'viewer' | 'organiser' | 'auditor' | 'owner') =>
    htmlOf(boardPage({ language: 'vi', viewer, assets, fair, figures }));

  test('every figure opens its definition, for a viewer too', () => {
    const html = boardFor('viewer');
    const closed = figures.figures.filter(
      ({ key }) =>
        !html.includes(`commandfor="about-${key}"`) || !html.includes(`<dialog class="about" id="about-${key}"`),
    );
    expect(closed).toEqual([]);
  });

  test('the facts behind a number are for organiser, auditor and owner', () => {
    expect(boardFor('viewer')).not.toContain('data-facts');
    for (const viewer of ['organiser', 'auditor', 'owner'] as const)
      expect(boardFor(viewer)).toContain('data-facts="visits"');
  });

  test('the public page says the total and no other figure', () => {
    const html = htmlOf(
      fairPage({ language: 'vi', viewer: null, assets, fair, figures: publicOf(figures), board: 'hidden' }),
    );
    expect(html).toContain('5.962');
    expect(html).not.toContain('1.523.400');
    expect(html).not.toContain('/board');
  });
});
