import { describe, expect, test } from 'vitest';
import { eventSchemas } from '../../events/catalogue.ts';
import { countedCategories, excludedCategories } from '../../events/fields.ts';
import { exhibitorKinds } from '../../events/application.ts';
import { roles } from '../../events/envelope.ts';
import { refusals } from '../../events/pass.ts';
import { figureUnits } from '../../src/contract/figures.ts';
import { messagesIn, wordFor } from '../../src/web/messages/messages.ts';
import { verifyEn } from '../../src/web/messages/verify-en.ts';
import { verifyVi } from '../../src/web/messages/verify-vi.ts';

const vi = { ...messagesIn('vi'), verifyPage: verifyVi };
const en = { ...messagesIn('en'), verifyPage: verifyEn };

type Told = (...parameters: string[]) => string;
const isTold = (node: unknown): node is Told => typeof node === 'function';

/** Every leaf with its path; functions are called with marks for their parameters, so that unused ones show. */
const leaves = (node: unknown, path: string): [string, string][] => {
  if (typeof node === 'string') return [[path, node]];
  if (isTold(node)) return [[path, node('«1»', '«2»')]];
  if (typeof node !== 'object' || node === null) return [[path, '']];
  return Object.entries(node).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
};

test('one is a title in English, and two are titles', () => {
  expect([en.board.inTitles('1'), en.board.inTitles('2'), en.board.inBooths('1')]).toEqual([
    '1 title',
    '2 titles',
    '1 booth',
  ]);
});

describe('both languages', () => {
  test('have the same keys', () => {
    expect(leaves(en, '').map(([path]) => path)).toEqual(leaves(vi, '').map(([path]) => path));
  });

  test.each([
    ['vi', vi],
    ['en', en],
  ])('%s: every message says something, without leftovers', (_, messages) => {
    const empty = leaves(messages, '').filter(([, text]) => text.trim() === '' || /undefined|TODO|\s$/.test(text));
    expect(empty).toEqual([]);
  });

  test('use their parameters alike', () => {
    const used = (messages: unknown) =>
      leaves(messages, '').map(([path, text]) => [path, (text.match(/«\d»/g) ?? []).sort()]);
    expect(used(en)).toEqual(used(vi));
  });

  test('Vietnamese is written composed (NFC), and never says xóa or vé', () => {
    const wrong = leaves(vi, '').filter(
      ([, text]) => text !== text.normalize('NFC') || /(?<!\p{L})(?:xóa|xoá|vé)(?!\p{L})/iu.test(text),
    );
    expect(wrong).toEqual([]);
  });
});

describe('words for codes', () => {
  test('there is a definition for every figure of the metric dictionary', () => {
    expect(Object.keys(vi.dictionary)).toEqual(Object.keys(figureUnits));
  });

  test('there is a name for every fact of the log', () => {
    expect(Object.keys(vi.events.names).sort()).toEqual(Object.keys(eventSchemas).sort());
  });

  test('there is a word for every category, kind of exhibitor, role and refusal', () => {
    const missing = [...countedCategories, ...excludedCategories, ...exhibitorKinds].filter(
      (code) => wordFor(vi.breakdown, code) === code,
    );
    expect(missing).toEqual([]);
    expect(Object.keys(vi.roles)).toEqual([...roles]);
    expect(refusals.filter((reason) => wordFor(vi.events.values, reason) === reason)).toEqual([]);
  });

  test('a code without a word stands for itself, inherited names included', () => {
    expect(['toString', 'constructor', 'ISBN'].map((code) => wordFor(vi.breakdown, code))).toEqual([
      'toString',
      'constructor',
      'ISBN',
    ]);
  });
});
