import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, decodeRows, type RowShape } from '../../projections/columns.ts';

const wide = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true }));
const narrow = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

/** Eight bytes for a wide number and four for a narrow one. */
const bytesOf = ({ doubles, integers }: RowShape): number => 8 * doubles + 4 * integers;

function written(rows: readonly (readonly number[])[], shape: RowShape): Uint8Array {
  const buffer = new ArrayBuffer(rows.length * bytesOf(shape));
  for (const [nth, column] of columnsOf(buffer, rows.length, shape).entries())
    for (const [index, row] of rows.entries()) column[index] = row[nth] ?? 0;
  return new Uint8Array(buffer);
}

describe('rows of numbers', () => {
  it('are read as they were written, whatever lies before them in memory', () => {
    const tables = fc
      .record({ doubles: fc.nat({ max: 4 }), integers: fc.nat({ max: 4 }) })
      .filter(({ doubles, integers }) => doubles + integers > 0)
      .chain((shape) => {
        const row = fc.tuple(
          fc.array(wide, { minLength: shape.doubles, maxLength: shape.doubles }),
          fc.array(narrow, { minLength: shape.integers, maxLength: shape.integers }),
        );
        return fc.record({
          shape: fc.constant(shape),
          rows: fc.array(row.map((parts) => parts.flat())),
          offset: fc.nat({ max: 9 }),
        });
      });
    fc.assert(
      fc.property(tables, ({ shape, rows, offset }) => {
        const bytes = written(rows, shape);
        const elsewhere = new Uint8Array(offset + bytes.length);
        elsewhere.set(bytes, offset);
        expect(decodeRows(elsewhere.subarray(offset), shape)).toEqual(rows);
      }),
    );
  });
});
