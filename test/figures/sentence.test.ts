import { describe, expect, test } from 'vitest';
import { sentenceOf } from '../../src/figures/sentence.ts';

const sentence = (visits: number, copies: number, trade: { inside?: number; outside?: number; host?: 'city' } = {}) => {
  const { inside = 0, outside = 0, host = 'province' } = trade;
  return sentenceOf({ visits, 'copies-declared': copies }, { present: inside + outside, inside, outside, host });
};

describe('the sentence', () => {
  test('of Bắc Ninh 2022', () => {
    expect(sentence(5962, 1_523_400, { inside: 6, outside: 16 })).toEqual({
      vi: 'gần 6.000 lượt người tham gia, trên 20 đơn vị xuất bản, phát hành lớn trong và ngoài tỉnh tham gia với trên 1,5 triệu bản sách',
      en: 'nearly 6,000 visits, over 20 major publishing and book distribution organisations from inside and outside the province with over 1.5 million book copies',
    });
  });

  test.each([
    [{ inside: 3 }, '3 đơn vị xuất bản, phát hành lớn trong tỉnh tham gia với 500 bản sách'],
    [{ inside: 3, host: 'city' }, '3 đơn vị xuất bản, phát hành lớn trong thành phố tham gia với 500 bản sách'],
    [{ outside: 3, host: 'city' }, '3 đơn vị xuất bản, phát hành lớn ngoài thành phố tham gia với 500 bản sách'],
    [
      { inside: 2, outside: 3, host: 'city' },
      '5 đơn vị xuất bản, phát hành lớn trong và ngoài thành phố tham gia với 500 bản sách',
    ],
    [{ outside: 3 }, '3 đơn vị xuất bản, phát hành lớn ngoài tỉnh tham gia với 500 bản sách'],
  ] as const)('says where the organisations %o are from', (trade, vietnamese) => {
    expect(sentence(0, 500, trade).vi).toBe(vietnamese);
  });

  test.each([
    [1200, 0, {}, 'đạt 1.200 lượt người tham gia', 'exactly 1,200 visits'],
    [1, 0, {}, '1 lượt người tham gia', '1 visit'],
    [
      0,
      0,
      { inside: 1 },
      '1 đơn vị xuất bản, phát hành lớn trong tỉnh tham gia',
      '1 major publishing and book distribution organisation from inside the province',
    ],
    [0, 12_000, {}, '12.000 bản sách đăng ký', 'exactly 12,000 book copies declared'],
    [40, 1, {}, 'đạt 40 lượt người tham gia, 1 bản sách đăng ký', 'exactly 40 visits, 1 book copy declared'],
    [0, 0, {}, 'chưa có số liệu', 'no figures yet'],
    [-3, 0, {}, 'chưa có số liệu', 'no figures yet'],
  ])(
    'of %i visits, %i copies and %o leaves out what there is none of',
    (visits, copies, trade, vietnamese, english) => {
      expect(sentence(visits, copies, trade)).toEqual({ vi: vietnamese, en: english });
    },
  );
});
