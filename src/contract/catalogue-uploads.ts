import { z } from 'zod';
import { CatalogueLine, chunkRefusals, uploadRefusals } from '../../events/catalogue-upload.ts';
import { Copies, Dong } from '../../events/fields.ts';
import { Gtin } from '../../events/gtin.ts';
import { amount } from './amounts.ts';
import { Position, refused } from './answers.ts';

/** A line as people send it: numbers may be typed with dots or blanks, a GTIN with hyphens, an old ISBN with 10 digits. */
const LineBody = CatalogueLine.extend({
  gtin: Gtin.nullable().default(null),
  listPrice: amount(Dong).default(0),
  copies: amount(Copies),
});

/** The number of a chunk in its upload, from 1. */
export const ChunkNumber = z.string().regex(/^([1-9]\d?|[1-4]\d\d|500)$/, 'must be 1–500');

export const ChunkBody = z.strictObject({
  lines: z
    .array(LineBody)
    .min(1)
    .max(200)
    .superRefine((lines, context) => {
      const seen = new Set<number>();
      for (const [index, { line }] of lines.entries()) {
        if (seen.has(line))
          context.addIssue({ code: 'custom', path: [index, 'line'], message: `${line} was there before` });
        seen.add(line);
      }
    }),
});
const counted = { lines: z.int(), copies: z.int(), position: Position };
export const ChunkUploaded = z.union([
  z.object({ outcome: z.literal('recorded'), ...counted }),
  refused(chunkRefusals),
]);

/** What the upload holds in all, lines that are left out of the frozen catalogue included: it shows that nothing was lost. */
export const UploadBody = z.strictObject({
  chunks: z.int().min(0).max(500),
  lines: z.int().min(0).max(100_000),
  copies: amount(z.int().min(0)),
});
export const UploadCompleted = z.union([
  z.object({ outcome: z.literal('complete'), ...counted }),
  refused(uploadRefusals).extend({
    /** With `chunks-missing`: which ones. */
    missing: z.array(z.int()).optional(),
    /** With `lines-repeated`: numbers of lines that came more than once, the first 20. */
    repeatedLines: z.array(z.int()).optional(),
    /** With `totals-differ`: what came. */
    arrived: z.object({ lines: z.int(), copies: z.int() }).optional(),
  }),
]);

export const Catalogue = z.object({
  /** The complete uploads; the one with `counts` replaces the others. */
  uploads: z.array(
    z.object({
      upload: z.string(),
      completedAt: z.string(),
      chunks: z.int(),
      lines: z.int(),
      copies: z.int(),
      counts: z.boolean(),
    }),
  ),
});
