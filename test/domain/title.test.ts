import { describe, expect, test } from 'vitest';
import { codeOf, titleOf } from '../../src/domain/title.ts';

const line = (about: { gtin?: string; code?: string; name?: string }) => ({
  gtin: null,
  code: null,
  name: '',
  ...about,
});

describe('a title', () => {
  test('is known by its barcode across all exhibitors', () => {
    const one = titleOf('a', line({ gtin: '9786040000019', code: 'K1', name: 'Số đỏ' }));
    expect(titleOf('b', line({ gtin: '9786040000019', name: 'So do' }))).toBe(one);
    expect(codeOf(one)).toBe('9786040000019');
  });

  test('without one is known by its exhibitor’s code, which says nothing at another’s', () => {
    const one = titleOf('a', line({ code: 'Văn học 1', name: 'Số đỏ' }));
    expect(titleOf('a', line({ code: 'Văn học 1' }))).toBe(one);
    expect(titleOf('b', line({ code: 'Văn học 1' }))).not.toBe(one);
    expect(codeOf(one)).toBe('Văn học 1');
  });

  test('without either is known by its name, however it is typed, and has no code', () => {
    const one = titleOf('a', line({ name: 'Số đỏ' }));
    expect(titleOf('a', line({ name: '  SỐ   ĐỎ '.normalize('NFD') }))).toBe(one);
    expect(titleOf('a', line({ name: 'Đất rừng phương Nam' }))).not.toBe(one);
    expect(codeOf(one)).toBe('');
  });

  test('by code, by name and by barcode are never the same', () => {
    const keys = [line({ gtin: '9786040000019' }), line({ code: '9786040000019' }), line({ name: '9786040000019' })];
    expect(new Set(keys.map((key) => titleOf('a', key))).size).toBe(3);
  });
});
