import { expect, test } from 'vitest';
import { languageOf, otherLanguage } from '../../src/web/language.ts';

test.each([
  ['nothing said', {}, 'vi'],
  ['asked for in the address', { query: 'en', cookie: 'vi', acceptLanguage: 'vi' }, 'en'],
  ['chosen before', { cookie: 'en', acceptLanguage: 'vi' }, 'en'],
  ['an unknown wish falls through to the choice before', { query: 'fr', cookie: 'en' }, 'en'],
  ['the browser prefers English', { acceptLanguage: 'en-GB,en;q=0.9,vi;q=0.8' }, 'en'],
  ['the browser prefers Vietnamese by quality, not by order', { acceptLanguage: 'en;q=0.4, vi-VN;q=0.9' }, 'vi'],
  ['equal quality: the first one', { acceptLanguage: 'en;q=0.7,vi;q=0.7' }, 'en'],
  ['a language that is refused', { acceptLanguage: 'en;q=0' }, 'vi'],
  ['none of ours', { acceptLanguage: 'ko,ja;q=0.8,*;q=0.1' }, 'vi'],
  ['rubbish', { query: '<script>', cookie: '\u0000', acceptLanguage: ';;q=,=;q=9' }, 'vi'],
] as const)('%s', (_, signs, language) => {
  expect(languageOf(signs)).toBe(language);
});

test('the other language is one tap away, both ways', () => {
  expect([otherLanguage('vi'), otherLanguage('en')]).toEqual(['en', 'vi']);
});
