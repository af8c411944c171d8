/** How many numbers of a row are any (8 bytes), and how many after those are whole and below 2³¹ (4 bytes). */
export type RowShape = { readonly doubles: number; readonly integers: number };

/**
 * Rows of numbers that were written column by column; little-endian, as all machines are that this runs on. A million
 * rows are read in some ten milliseconds, where as many rows of a table take a second.
 * @param bytes the memory of `columnsOf` for the same shape
 */
export function decodeRows(bytes: Uint8Array, shape: RowShape): number[][] {
  const columns = decodeColumns(bytes, shape);
  return Array.from({ length: columns[0]?.length ?? 0 }, (_, index) => columns.map((column) => column[index] ?? 0));
}

export type Column = Float64Array | Int32Array;

/** The same as they lie there, for those who read very many. */
export function decodeColumns(bytes: Uint8Array, shape: RowShape): Column[] {
  // Numbers are read where they lie, or from a copy that begins where they may be.
  const isOwn = bytes.byteOffset === 0 && bytes.buffer instanceof ArrayBuffer;
  const buffer = isOwn ? bytes.buffer : new Uint8Array(bytes).buffer;
  return columnsOf(buffer, bytes.length / bytesOf(shape), shape);
}

const bytesOf = ({ doubles, integers }: RowShape): number => 8 * doubles + 4 * integers;

/** The columns of so many rows, in the memory of `buffer`. */
export function columnsOf(buffer: ArrayBuffer, count: number, { doubles, integers }: RowShape): Column[] {
  const wide = Array.from({ length: doubles }, (_, nth) => new Float64Array(buffer, 8 * count * nth, count));
  const from = 8 * count * doubles;
  const narrow = Array.from({ length: integers }, (_, nth) => new Int32Array(buffer, from + 4 * count * nth, count));
  return [...wide, ...narrow];
}
