import { expect, it } from 'vitest';
import { foreignCode } from '../../src/domain/foreign-code.ts';

it('knows a citizen’s card and a payment code from everything else', () => {
  expect(foreignCode('001200345678||Trần Văn B|01012000|Nam|Bắc Ninh|01012021')).toBe('citizen-id');
  expect(
    foreignCode('00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN6304F4E5'),
  ).toBe('payment');
  expect(foreignCode('HS:ABC')).toBeUndefined();
  expect(foreignCode('001200345678')).toBeUndefined();
  expect(foreignCode('000201010212')).toBeUndefined();
});
