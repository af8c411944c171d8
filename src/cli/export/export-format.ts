import { z } from 'zod';
import { EventMeta } from '../../../events/envelope.ts';
import { FiguresDocument } from '../../contract/figures.ts';

/** The first line names it; another number would be another format. */
export const exportFormat = 'hoi-sach-export/1';

export const ExportHeader = z.object({
  format: z.literal(exportFormat),
  fair: z.string(),
  /** The last checkpoint of the whole log; null where nothing was sealed. */
  checkpoint: z.string().nullable(),
  /** Verifier keys, the oldest first. */
  keys: z.array(z.string()),
  /** The fair's figures as they were shown; null where none were. */
  figures: FiguresDocument.nullable(),
});
export type ExportHeader = z.infer<typeof ExportHeader>;

/** One fact of the log, in log order; `event` where it is the fair's. `leaf` in base64. */
export const ExportLine = z.object({ position: z.int(), leaf: z.string(), event: z.unknown().optional() });
export type ExportLine = z.infer<typeof ExportLine>;

/** The last line. */
export const ExportEnd = z.object({ end: z.object({ leaves: z.int(), events: z.int() }) });
export type ExportEnd = z.infer<typeof ExportEnd>;

/** An envelope with all its fields and no other; what they hold is judged by its hash. */
export const Envelope = z.strictObject({
  position: z.int(),
  stream: z.string(),
  version: z.int(),
  id: z.string(),
  type: z.string(),
  schema: z.int(),
  data: z.unknown(),
  meta: EventMeta,
  occurredAt: z.number(),
  recordedAt: z.number(),
});
