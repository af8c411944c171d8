import { z } from 'zod';
import type { ApplicationRefusal } from './application.ts';
import { Copies, Dong, Id, line, Reason } from './fields.ts';

/** One title of an exhibitor's catalogue (danh mục xuất bản phẩm). */
export const CatalogueLine = z.strictObject({
  line: z.int().min(1).max(100_000),
  name: line(300),
  author: line(200, 0).default(''),
  publisher: line(200, 0).default(''),
  year: z.int().min(1400).max(2200).nullable().default(null),
  /** ISBN-13 / GTIN-13 digits, or the exhibitor's own code where there is none. */
  gtin: z
    .string()
    .regex(/^\d{13}$/)
    .nullable()
    .default(null),
  code: line(40).nullable().default(null),
  genre: line(80, 0).default(''),
  listPrice: Dong.default(0),
  copies: Copies,
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .default('vi'),
  origin: z.enum(['domestic', 'imported']).default('domestic'),
  /** Set when the line is left out of the frozen catalogue and of every figure. */
  excluded: Reason.optional(),
});
export type CatalogueLine = z.infer<typeof CatalogueLine>;

/** Where books of an exhibitor will not be at the fair, or are not announced yet, there is no catalogue. */
const withoutCatalogue = [
  'application-is-draft',
  'application-is-declined',
  'application-is-withdrawn',
  'application-is-cancelled',
] as const satisfies readonly ApplicationRefusal[];

export const chunkRefusals = ['fair-closed', 'upload-complete', ...withoutCatalogue] as const;
export const uploadRefusals = [
  'fair-closed',
  'chunks-missing',
  'lines-repeated',
  'totals-differ',
  ...withoutCatalogue,
] as const;

export const catalogueEvents = {
  /** At most 200 lines and 128 KB; visible once the upload's closing fact is in. */
  CatalogueChunkUploaded: z.strictObject({
    exhibitor: Id,
    upload: Id,
    chunk: z.int().min(1).max(500),
    lines: z.array(CatalogueLine).min(1).max(200),
  }),
  /** The upload is whole and replaces the earlier ones. */
  CatalogueUploaded: z.strictObject({
    exhibitor: Id,
    upload: Id,
    chunks: z.int().min(0).max(500),
    lines: z.int().min(0).max(100_000),
    copies: z.int().min(0),
  }),
};
