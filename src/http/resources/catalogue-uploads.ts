import { hasApplied } from '../../commands/applications.ts';
import { readUploads } from '../../commands/catalogues.ts';
import { completeCatalogueUpload } from '../../commands/complete-catalogue-upload.ts';
import { uploadCatalogueChunk } from '../../commands/upload-catalogue-chunk.ts';
import {
  Catalogue,
  ChunkBody,
  ChunkNumber,
  ChunkUploaded,
  UploadBody,
  UploadCompleted,
} from '../../contract/catalogue-uploads.ts';
import { Problem } from '../problems.ts';
import { answer, ok } from '../reply.ts';
import { noQuery, readInFair, type Route, writeInFair } from '../route.ts';

const chunk = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/exhibitors/{exhibitor}/catalogue-uploads/{upload}/chunks/{chunk}',
  summary: 'Send up to 200 lines of a catalogue (danh mục xuất bản phẩm); errors name their line',
  may: ['exhibitor', 'till', 'organiser'],
  own: 'exhibitor',
  params: { chunk: ChunkNumber },
  body: ChunkBody,
  answer: ChunkUploaded,
  handle: async ({ params: { exhibitor, upload, chunk }, body, context }, ports) =>
    answer(await uploadCatalogueChunk(ports, context, { exhibitor, upload, chunk: Number(chunk), lines: body.lines })),
});

const complete = writeInFair({
  method: 'put',
  path: '/api/fairs/{fair}/exhibitors/{exhibitor}/catalogue-uploads/{upload}',
  summary: 'Close an upload when all its chunks are in; it then replaces the catalogue before it',
  may: ['exhibitor', 'till', 'organiser'],
  own: 'exhibitor',
  body: UploadBody,
  answer: UploadCompleted,
  handle: async ({ params: { exhibitor, upload }, body, context }, ports) =>
    answer(await completeCatalogueUpload(ports, context, { exhibitor, upload, ...body })),
});

const read = readInFair({
  path: '/api/fairs/{fair}/exhibitors/{exhibitor}/catalogue-uploads',
  summary: 'The complete uploads of an exhibitor, and which of them counts',
  may: ['exhibitor', 'till', 'organiser'],
  own: 'exhibitor',
  query: noQuery,
  answer: Catalogue,
  handle: async ({ params: { fair, exhibitor } }, ports) => {
    if (!(await hasApplied(ports, fair, exhibitor))) throw new Problem('not-found');
    return ok({ uploads: await readUploads(ports, fair, exhibitor) });
  },
});

export const catalogueUploads: readonly Route[] = [chunk, complete, read];
