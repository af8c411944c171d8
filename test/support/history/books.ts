import * as fc from 'fast-check';
import { differenceReasons, paymentKinds, stockKinds } from '../../../events/books.ts';
import { CatalogueLine } from '../../../events/catalogue-upload.ts';
import { days, exhibitorsMax, type Made, made, named } from './names.ts';

const gtins = ['9786040000019', '9786040000026', '9786040000033', '8930000000019'];
const line = fc.record({
  gtin: fc.option(fc.constantFrom(...gtins)),
  code: fc.option(fc.constantFrom('K1', 'K2')),
  name: fc.constantFrom('Dế Mèn phiêu lưu ký', 'Đất rừng phương Nam', 'Số đỏ'),
  copies: fc.integer({ min: 1, max: 40 }),
});

const saleLine = fc
  .tuple(line, fc.constantFrom(10_000, 55_000, 120_000))
  .map(([sold, price]) => ({ ...sold, paid: sold.copies * price }));

const exhibitor = fc.nat(exhibitorsMax - 1).map((number) => named('exhibitor', number));

export const sale = fc
  .record({
    exhibitor,
    lines: fc.array(saleLine, { minLength: 1, maxLength: 3 }),
    payment: fc.constantFrom(...paymentKinds),
    back: fc.nat(3),
  })
  .map(
    ({ exhibitor, lines, payment, back }) =>
      (number: number): Made =>
        back === 0
          ? made(`sale-${named('fact', number - 1)}`, 'SaleReturned', {
              sale: named('fact', number - 1),
              return: named('fact', number),
              exhibitor,
              lines,
            })
          : made(`sale-${named('fact', number)}`, 'SaleRecorded', {
              sale: named('fact', number),
              exhibitor,
              lines,
              payment,
            }),
  );

export const stockEntry = fc
  .record({
    exhibitor,
    kind: fc.constantFrom(...stockKinds),
    copies: fc.integer({ min: 0, max: 90 }),
    difference: fc.constantFrom(...differenceReasons),
  })
  .map(
    (entry) => (number: number) =>
      made(`stock-entry-${number}`, 'StockRecorded', { entry: named('fact', number), ...entry }),
  );

export const statement = fc
  .record({
    exhibitor,
    day: fc.constantFrom(...days),
    copiesSold: fc.integer({ min: -10, max: 60 }),
    revenue: fc.integer({ min: -500_000, max: 3_000_000 }),
    copiesDonated: fc.integer({ min: -2, max: 20 }),
  })
  .map(
    (stated) => (number: number) =>
      made('statements', 'DailyFiguresStated', { statement: named('fact', number), ...stated }),
  );

/** Chunks and closing facts of few uploads, in any order, some of them never whole. */
export const catalogue = fc
  .record({
    exhibitor: fc.nat(exhibitorsMax - 1),
    upload: fc.nat(1),
    chunk: fc.integer({ min: 0, max: 2 }),
    excluded: fc.boolean(),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  })
  .map(({ exhibitor, upload, chunk, excluded, lines }) => (): Made => {
    const name = { exhibitor: named('exhibitor', exhibitor), upload: named('upload', exhibitor * 10 + upload) };
    const stream = `catalogue-${exhibitor}-${upload}-${chunk}`;
    if (chunk === 0)
      return made(stream, 'CatalogueUploaded', { ...name, chunks: 1 + (upload % 2), lines: 0, copies: 0 });
    const parsed = lines.map((given, index) =>
      CatalogueLine.parse({
        line: index + 1,
        ...given,
        copies: given.copies * 10,
        ...(excluded && index === 0 ? { excluded: 'cấm' } : {}),
      }),
    );
    return made(stream, 'CatalogueChunkUploaded', { ...name, chunk, lines: parsed });
  });
