import type { DataOf } from '../../events/catalogue.ts';
import { type Arrived, completeUpload, tallyUpload } from '../domain/catalogue.ts';
import { loadApplication } from './applications.ts';
import { catalogueStream, loadChunks, loadUploads } from './catalogues.ts';
import { type CommandContext, type CommandPorts, type Handled, run } from './command.ts';

export type UploadCompleted = { readonly outcome: 'complete'; readonly lines: number; readonly copies: number };

/**
 * Closes an upload, which then replaces the exhibitor's earlier ones whole. Refused, with the list, while a chunk is
 * missing; the chunks that are in never change, so what was counted here still holds when the fact is written. For a
 * repeat, which is answered by that fact, they are not read again.
 */
export async function completeCatalogueUpload(
  ports: CommandPorts,
  context: CommandContext,
  upload: DataOf<'CatalogueUploaded'>,
): Promise<Handled<UploadCompleted>> {
  const [exhibitor, complete] = await Promise.all([
    loadApplication(ports, context.fair, upload.exhibitor),
    loadUploads(ports, context.fair, upload.exhibitor),
  ]);
  const isRepeat = complete.some(({ data }) => data.upload === upload.upload);
  const arrived = isRepeat ? tallyUpload(0).arrived() : await arrivedOf(ports, context, upload);
  return run(ports, context, {
    kind: 'catalogue-upload',
    refusals: 'decided-anew',
    id: upload.upload,
    stream: catalogueStream(context.fair, upload.exhibitor),
    content: upload,
    occurredAt: context.now,
    initial: undefined,
    evolve: () => undefined,
    decide: (_, fair) => completeUpload(upload, { fair, occurredAt: context.now, exhibitor, arrived }),
    answer: () => ({ outcome: 'complete', lines: upload.lines, copies: upload.copies }),
  });
}

async function arrivedOf(
  ports: CommandPorts,
  { fair }: CommandContext,
  upload: DataOf<'CatalogueUploaded'>,
): Promise<Arrived> {
  const tally = tallyUpload(upload.chunks);
  for await (const chunks of loadChunks(ports, fair, upload)) for (const chunk of chunks) tally.add(chunk);
  return tally.arrived();
}
